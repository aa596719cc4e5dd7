// SPDX-License-Identifier: Apache-2.0
// Periods of an agreement, and what is recorded for it beside facts: values per person, balances, decisions; jobs.
import { closePeriod, lockPeriod } from '../../actions/close-period.ts';
import { listOpeningBalances, setOpeningBalances } from '../../actions/opening-balances.ts';
import { listPersonalValues, setPersonalValues } from '../../actions/personal-values.ts';
import { listJobs, readJob } from '../../actions/read-jobs.ts';
import { listPeriods } from '../../actions/read-periods.ts';
import { recomputeBooks } from '../../actions/recompute-books.ts';
import { recordDecision } from '../../actions/record-decision.ts';
import { replayBooks } from '../../actions/replay-books.ts';
import { shadowReplay } from '../../actions/shadow-replay.ts';
import * as agreements from '../../wire/agreements.ts';
import * as oversight from '../../wire/oversight.ts';
import * as wire from '../../wire/periods.ts';
import { type Route, route } from '../route.ts';

export const periodRoutes: readonly Route[] = [
  route(wire.listPeriods, ({ context, caller, params }) => listPeriods(context, caller, params)),
  route(wire.closePeriod, ({ context, caller, params, body }) =>
    closePeriod(context, caller, { ...params, ...body }),
  ),
  route(wire.lockPeriod, ({ context, caller, params, body }) =>
    lockPeriod(context, caller, { ...params, ...body }),
  ),
  route(agreements.listPersonalValues, ({ context, caller, params }) =>
    listPersonalValues(context, caller, params),
  ),
  route(agreements.setPersonalValues, ({ context, caller, params, body }) =>
    setPersonalValues(context, caller, { ...params, ...body }),
  ),
  route(agreements.listOpeningBalances, ({ context, caller, params }) =>
    listOpeningBalances(context, caller, params),
  ),
  route(agreements.setOpeningBalances, ({ context, caller, params, body }) =>
    setOpeningBalances(context, caller, { ...params, ...body }),
  ),
  route(agreements.recordDecision, ({ context, caller, params, body }) =>
    recordDecision(context, caller, { ...params, ...body }),
  ),
  route(oversight.listJobs, ({ context, caller, query }) => listJobs(context, caller, query)),
  route(oversight.startReplay, ({ context, caller }) => replayBooks(context, caller)),
  route(oversight.startRecomputation, ({ context, caller, params, body }) =>
    recomputeBooks(context, caller, { ...params, ...body }),
  ),
  route(oversight.startShadowReplay, ({ context, caller, params, body }) =>
    shadowReplay(context, caller, { ...params, ...body }),
  ),
  route(oversight.readJob, ({ context, caller, params }) => readJob(context, caller, params)),
];
