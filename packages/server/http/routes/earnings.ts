// SPDX-License-Identifier: Apache-2.0
// Earnings as they come: postings, their stream, why, attainment, forecast, what a deal would pay, and wallets of points.
import { Readable } from 'node:stream';
import { explainLine } from '../../actions/explain-line.ts';
import { listPostings, type PostingsHeard, streamPostings } from '../../actions/postings.ts';
import { readAttainment } from '../../actions/read-attainment.ts';
import { readForecast } from '../../actions/read-forecast.ts';
import { readWallet } from '../../actions/read-wallet.ts';
import { whatIf } from '../../actions/what-if.ts';
import * as explanation from '../../wire/explanation.ts';
import * as forecast from '../../wire/forecast.ts';
import * as postings from '../../wire/postings.ts';
import * as wallet from '../../wire/wallet.ts';
import { type Route, route } from '../route.ts';

/** A stream lasts no longer, so that an ended session or a changed role does not go on listening. */
const streamMs = 5 * 60_000;

export const earningsRoutes: readonly Route[] = [
  route(postings.listPostings, ({ context, caller, query }) => listPostings(context, caller, query)),
  route(postings.streamPostings, async ({ context, caller, query, request, reply, closing }) => {
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    const again = request.headers['last-event-id'];
    const after = typeof again === 'string' ? again : query.after;
    const found = await streamPostings(
      context,
      caller,
      { ...query, after },
      // The page comes back by itself where it left off, and is asked anew who it is.
      AbortSignal.any([gone.signal, closing, AbortSignal.timeout(streamMs)]),
    );
    if (found.kind === 'refused') return found;
    reply
      .header('cache-control', 'no-store')
      .header('x-accel-buffering', 'no')
      // A stream ends with its connection, so that nothing waits for another request on it.
      .header('connection', 'close')
      .type('text/event-stream')
      .send(Readable.from(events(found.value)));
    return { kind: 'streaming' };
  }),
  route(explanation.explainLine, ({ context, caller, params, query }) =>
    explainLine(context, caller, { ...params, ...query }),
  ),
  route(forecast.readAttainment, ({ context, caller, params, query }) =>
    readAttainment(context, caller, { ...params, ...query }),
  ),
  route(forecast.readForecast, ({ context, caller, params, query }) =>
    readForecast(context, caller, { ...params, ...query }),
  ),
  route(forecast.whatIf, ({ context, caller, params, body }) =>
    whatIf(context, caller, { ...body, ...params }),
  ),
  route(wallet.readWallet, ({ context, caller, params, query }) =>
    readWallet(context, caller, { ...params, ...query }),
  ),
];

/** Server-sent events. `place` says where the stream is, before anything was posted too, and that it is alive. */
async function* events(heard: AsyncIterable<PostingsHeard>): AsyncGenerator<string> {
  for await (const { place: at, postings: some } of heard) {
    if (some.length === 0) yield `id: ${at}\nevent: place\ndata: ${at}\n\n`;
    for (const { place, posting } of some)
      yield `id: ${place}\nevent: posting\ndata: ${JSON.stringify(posting)}\n\n`;
  }
}
