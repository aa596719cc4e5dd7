// SPDX-License-Identifier: Apache-2.0
// A wire to the database that can fall silent or be cut, so that tests see what a lost answer does.

import { connect, createServer, type Socket } from 'node:net';

export interface CutWire {
  /** The same database by way of this wire. */
  readonly url: string;
  /** From now on nothing comes back; what is sent still arrives. */
  silence(): void;
  /** Both ends see their connection break. */
  cut(): void;
  close(): Promise<void>;
}

export async function cutWire(url: string): Promise<CutWire> {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  let isSilent = false;
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => sockets.delete(socket));
    }
    near.on('data', (bytes) => far.write(bytes));
    far.on('data', (bytes) => {
      if (!isSilent) near.write(bytes);
    });
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const own = new URL(url);
  own.hostname = '127.0.0.1';
  own.port = `${address.port}`;
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: own.href,
    silence: () => {
      isSilent = true;
    },
    cut,
    close: async () => {
      cut();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}
