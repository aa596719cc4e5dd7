// SPDX-License-Identifier: Apache-2.0
// A program that declares nothing, under the usual policies: what tests build their small programs on.
import { civilCalendar } from '../values/calendar.ts';
import type { Program } from './program.ts';

export const bareProgram: Program = {
  title: '',
  semantics: 1,
  blanks: [],
  assets: [],
  parties: [],
  factKinds: [],
  derivedKinds: [],
  values: [],
  tables: [],
  statuses: [],
  decisions: [],
  clauses: [],
  settlements: [],
  burns: [],
  policies: {
    calendar: civilCalendar('UTC'),
    zone: 'UTC',
    rounding: { step: null, mode: 'half away from zero' },
    late: { kind: 'restate' },
    returns: 'none',
    amendments: 'segment',
    proration: 'days',
    attribution: 'cumulative',
  },
  examples: [],
};
