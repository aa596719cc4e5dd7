// SPDX-License-Identifier: Apache-2.0
// The sentences of each policy, as an editor offers them. A zone or a month in them is a first choice to be changed.

/** By key; the first one is the usual one. */
export const policySentences: Readonly<Record<string, readonly string[]>> = {
  calendar: [
    'calendar quarters and years, in UTC',
    'calendar months, quarters and years, in UTC',
    'fiscal years from July, in UTC',
    '4-4-5 weeks, years ending on the last Saturday of January, in UTC',
    '4-5-4 weeks, years ending on the Saturday nearest the end of January, in UTC',
  ],
  rounding: [
    'each amount to the cent, half away from zero',
    'each amount to the cent, half to even',
    'each amount to the whole USD, half away from zero',
    'each amount to 2 decimals, half up',
    'each amount to the cent, down',
  ],
  'late facts': [
    'change the period they belong to; the difference is paid in the open period',
    'change the period they belong to; the difference is booked today',
    'count in the open period',
    'are ignored after 30 days',
    'are ignored once the period is closed',
  ],
  returns: [
    'none',
    'as if the sale had been smaller',
    'as a negative sale today',
    'taking back what it earned',
    'taking back what was paid',
  ],
  amendments: ['each part of a period on its own', 'the position carries over', 'change the whole period'],
  proration: ['by days', 'by whole months'],
  attribution: ['in order', 'frozen once posted'],
  semantics: ['version 1'],
};
