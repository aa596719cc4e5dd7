// SPDX-License-Identifier: Apache-2.0
// Hears the notifications of the database over one connection, opened when somebody first listens. A connection that
// breaks is renewed; what was said meanwhile is lost, so every listener is called once with '' after a renewal.

import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

type Heard = (payload: string) => void;

export interface Listener {
  /** Resolves once it hears; the function given back ends it. */
  readonly listen: (channel: string, heard: Heard) => Promise<() => Promise<void>>;
  readonly close: () => Promise<void>;
}

/** Milliseconds between attempts to connect again. */
const renewAfter = 500;

export function openListener(url: string, onError: (error: Error) => void): Listener {
  const channels = new Map<string, Set<Heard>>();
  let connection: Promise<pg.Client> | null = null;
  let isClosed = false;

  function tell(channel: string, payload: string): void {
    for (const heard of channels.get(channel) ?? []) heard(payload);
  }

  async function connect(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: url,
      application_name: 'rapport listener',
      keepAlive: true,
    });
    client.on('error', onError);
    client.on('notification', ({ channel, payload }) => tell(channel, payload ?? ''));
    await client.connect();
    for (const channel of channels.keys()) await listenTo(client, channel);
    client.once('end', () => {
      if (isClosed) return;
      connection = renew();
      // It fails only when the listener is closed meanwhile.
      connection.catch(() => undefined);
    });
    return client;
  }

  async function renew(): Promise<pg.Client> {
    for (;;) {
      await pause(renewAfter, undefined, { ref: false });
      if (isClosed) throw new Error('the listener is closed');
      try {
        const client = await connect();
        for (const channel of channels.keys()) tell(channel, '');
        return client;
      } catch (error) {
        onError(error as Error);
      }
    }
  }

  async function listen(channel: string, heard: Heard): Promise<() => Promise<void>> {
    const listeners = channels.get(channel) ?? new Set();
    channels.set(channel, listeners.add(heard));
    connection ??= connect();
    try {
      await listenTo(await connection, channel);
    } catch (error) {
      listeners.delete(heard);
      connection = null;
      throw error;
    }
    return async () => {
      listeners.delete(heard);
    };
  }

  async function close(): Promise<void> {
    isClosed = true;
    const open = connection;
    connection = null;
    await (await open?.catch(() => null))?.end();
  }

  return { listen, close };
}

/** Twice is like once. */
async function listenTo(client: pg.Client, channel: string): Promise<void> {
  await client.query(`listen ${pg.escapeIdentifier(channel)}`);
}
