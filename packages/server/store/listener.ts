// SPDX-License-Identifier: Apache-2.0
// Hears the notifications of the database over one connection, opened when somebody first listens. A connection that
// breaks is renewed; what was said meanwhile is lost, so every listener is called once with '' after a renewal.

import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

type Heard = (payload: string) => void;

export interface Listener {
  readonly listen: (channel: string, heard: Heard) => Promise<() => Promise<void>>;
  readonly close: () => Promise<void>;
}

/** Milliseconds between attempts to connect again. */
const renewAfter = 500;

export function openListener(url: string, onError: (error: Error) => void): Listener {
  const channels = new Map<string, Set<Heard>>();
  let client: Promise<pg.Client> | null = null;
  let isClosed = false;

  async function connect(): Promise<pg.Client> {
    const next = new pg.Client({
      connectionString: url,
      application_name: 'rapport listener',
      keepAlive: true,
    });
    next.on('error', onError);
    next.on('notification', ({ channel, payload }) => tell(channel, payload ?? ''));
    await next.connect();
    next.once('end', () => void renew());
    for (const channel of channels.keys()) await next.query(`listen ${pg.escapeIdentifier(channel)}`);
    return next;
  }

  function tell(channel: string, payload: string): void {
    for (const heard of channels.get(channel) ?? []) heard(payload);
  }

  async function renew(): Promise<void> {
    client = null;
    while (!isClosed && channels.size > 0) {
      try {
        client = connect();
        await client;
        for (const channel of channels.keys()) tell(channel, '');
        return;
      } catch (error) {
        client = null;
        onError(error as Error);
        await pause(renewAfter, undefined, { ref: false });
      }
    }
  }

  async function listen(channel: string, heard: Heard): Promise<() => Promise<void>> {
    const listeners = channels.get(channel) ?? new Set();
    listeners.add(heard);
    const isNew = !channels.has(channel);
    channels.set(channel, listeners);
    if (client === null) {
      client = connect();
      await client;
    } else if (isNew) {
      await (await client).query(`listen ${pg.escapeIdentifier(channel)}`);
    }
    return async () => {
      listeners.delete(heard);
    };
  }

  async function close(): Promise<void> {
    isClosed = true;
    channels.clear();
    const open = client;
    client = null;
    await (await open?.catch(() => null))?.end();
  }

  return { listen, close };
}
