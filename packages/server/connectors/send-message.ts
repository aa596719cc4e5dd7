// SPDX-License-Identifier: Apache-2.0
// Sends a message to another system over https. The address that a name stands for is checked at the moment of
// connecting, so that a name cannot point outside when it is looked at and inside when it is used. No redirect is
// followed, little of the answer is read, and nobody can hold us longer than the limit.
import { lookup as lookUp } from 'node:dns';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { SendMessage } from '../actions/webhooks/deliver-messages.ts';
import { isPublic, problemOfAddress } from '../actions/webhooks/public-address.ts';

/** Milliseconds from the beginning to the status of the answer. */
const limitMs = 15_000;

export interface SendOptions {
  /** For receivers inside the network of the installation; else only public addresses over https are reached. */
  readonly allowsInside: boolean;
}

export function messageSender({ allowsInside }: SendOptions): SendMessage {
  return (address, headers, body) =>
    new Promise((resolve) => {
      const why = problemOfAddress(address, allowsInside);
      if (why !== null) {
        resolve({ kind: 'failed', why });
        return;
      }
      const url = new URL(address);
      const send = url.protocol === 'https:' ? requestHttps : requestHttp;
      const timer = setTimeout(() => asked.destroy(new Error('took too long')), limitMs);
      const asked = send(
        url,
        {
          method: 'POST',
          headers: { ...headers, 'content-length': Buffer.byteLength(body), 'user-agent': 'Rapport' },
          lookup: allowsInside ? undefined : publicLookup,
          agent: false,
        },
        (answer) => {
          clearTimeout(timer);
          answer.destroy();
          resolve({ kind: 'answered', status: answer.statusCode ?? 0 });
        },
      );
      asked.on('error', (error: NodeJS.ErrnoException) => {
        clearTimeout(timer);
        resolve({ kind: 'failed', why: error.code ?? error.message });
      });
      asked.end(body);
    });
}

/** Only the public ones of the addresses that a name stands for. */
const publicLookup: LookupFunction = (host, options, done) => {
  lookUp(host, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return done(error, '', 0);
    const allowed = addresses.filter(({ address }) => isPublic(address));
    const [first] = allowed;
    if (first === undefined)
      return done(Object.assign(new Error('inside'), { code: 'ADDRESS_INSIDE' }), '', 0);
    return options.all === true ? done(null, allowed) : done(null, first.address, first.family);
  });
};
