// SPDX-License-Identifier: Apache-2.0
// Feeds, their loads and how far they are complete.
import { approveLoad, rejectLoad } from '../../actions/feeds/approve-load.ts';
import { declareComplete, readCompleteness } from '../../actions/feeds/completeness.ts';
import { defineFeed, listFeeds, readFeed } from '../../actions/feeds/define-feed.ts';
import { listLoads, listRows, readLoad } from '../../actions/feeds/list-loads.ts';
import { tryFeed } from '../../actions/feeds/try-feed.ts';
import { uploadFeed } from '../../actions/feeds/upload-feed.ts';
import * as wire from '../../wire/feeds.ts';
import { usualLimits } from '../limits.ts';
import { type Route, route } from '../route.ts';
import { uploadedFiles } from '../uploaded-files.ts';

export const feedRoutes: readonly Route[] = [
  route(wire.defineFeed, ({ context, caller, params, body }) =>
    defineFeed(context, caller, { ...body, feed: params.feed }),
  ),
  route(wire.listFeeds, ({ context, caller }) => listFeeds(context, caller)),
  route(wire.readFeed, ({ context, caller, params }) => readFeed(context, caller, params)),
  route(wire.tryFeed, ({ context, caller, body }) => tryFeed(context, caller, body)),
  route(wire.uploadFeed, async ({ context, caller, params, query, request }) => {
    const files = await uploadedFiles(request, query.file, usualLimits);
    return await uploadFeed(context, caller, {
      feed: params.feed,
      files,
      isPreview: query.preview === 'true',
    });
  }),
  route(wire.listLoads, ({ context, caller, query }) => listLoads(context, caller, query)),
  route(wire.readLoad, ({ context, caller, params }) => readLoad(context, caller, params)),
  route(wire.listLoadRows, ({ context, caller, params, query }) =>
    listRows(context, caller, { ...query, load: params.load }),
  ),
  route(wire.approveLoad, ({ context, caller, params, body }) =>
    approveLoad(context, caller, { load: params.load, reason: body.reason }),
  ),
  route(wire.rejectLoad, ({ context, caller, params, body }) =>
    rejectLoad(context, caller, { load: params.load, reason: body.reason }),
  ),
  route(wire.readCompleteness, ({ context, caller }) => readCompleteness(context, caller)),
  route(wire.declareComplete, ({ context, caller, params, body }) =>
    declareComplete(context, caller, { ...body, feed: params.feed }),
  ),
];
