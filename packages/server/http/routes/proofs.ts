// SPDX-License-Identifier: Apache-2.0
// Proofs over the log, and the bundle with which a statement is verified without us.
import { downloadBundle } from '../../actions/download-bundle.ts';
import { listCheckpoints, readConsistency, readInclusion } from '../../actions/read-proofs.ts';
import * as wire from '../../wire/proofs.ts';
import { fileOf } from '../file-answer.ts';
import { type Route, route } from '../route.ts';

export const proofRoutes: readonly Route[] = [
  route(wire.listCheckpoints, ({ context, caller, query }) => listCheckpoints(context, caller, query)),
  route(wire.readInclusion, ({ context, caller, params }) => readInclusion(context, caller, params)),
  route(wire.readConsistency, ({ context, caller, params }) => readConsistency(context, caller, params)),
  route(wire.downloadBundle, async ({ context, caller, params }) =>
    fileOf(await downloadBundle(context, caller, params)),
  ),
];
