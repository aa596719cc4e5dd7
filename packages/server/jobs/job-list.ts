// SPDX-License-Identifier: Apache-2.0
// Every recurring job, one line each.
import { auditor } from './auditor.ts';
import { dayClock } from './day-clock.ts';
import { housekeeping } from './housekeeping.ts';
import type { RecurringJob } from './job.ts';
import { merkleTailer } from './merkle-tailer.ts';
import { nameIndex } from './name-index.ts';
import { waitingFacts } from './waiting-facts.ts';

export const jobs: readonly RecurringJob[] = [
  auditor, //
  dayClock,
  housekeeping,
  merkleTailer,
  nameIndex,
  waitingFacts,
];
