// SPDX-License-Identifier: Apache-2.0
// How long the law wants records kept, as data with its source, which counsel reads and corrects. A floor keeps the name
// beside the records of a payee; it never keeps more than that. A workspace says which jurisdictions concern it, and may
// keep longer than the floors, never shorter.

import { addYears, type Day } from '@rapport/core/values/date.ts';

export interface RetentionFloor {
  readonly id: string;
  readonly jurisdiction: string;
  readonly years: number;
  readonly what: string;
  readonly source: string;
  /** How sure the source is: read in the official text, or on a page about it. */
  readonly isOfficialText: boolean;
}

export const retentionFloors: readonly RetentionFloor[] = [
  {
    id: 'NY-1',
    jurisdiction: 'US-NY',
    years: 3,
    what: 'terms and records of commission (N.Y. Labor Law 191(1)(c))',
    source: 'https://www.lexology.com/library/detail.aspx?g=cdc69391-6016-438e-8379-7a0090aaa371',
    isOfficialText: false,
  },
];

/** What a workspace sets: null jurisdictions are all that we know, so that nobody falls below a floor by default. */
export interface RetentionSetting {
  readonly jurisdictions: readonly string[] | null;
  /** Years that the workspace itself wants; 0 where the floors alone count. */
  readonly years: number;
}

export const usualRetention: RetentionSetting = { jurisdictions: null, years: 0 };

export interface Kept {
  readonly what: string;
  readonly until: Day;
  readonly why: string;
}

/** What must still be kept of a payee whose last statement was issued on that day; null when there was none. */
export function keptOf(lastStatement: Day | null, today: Day, setting: RetentionSetting): readonly Kept[] {
  if (lastStatement === null) return [];
  const floors = retentionFloors
    .filter(({ jurisdiction }) => setting.jurisdictions?.includes(jurisdiction) ?? true)
    .map(({ id, what, years }) => ({ what, until: addYears(lastStatement, years), why: id }));
  const own = {
    what: 'statements',
    until: addYears(lastStatement, setting.years),
    why: 'setting of the workspace',
  };
  return [...floors, ...(setting.years > 0 ? [own] : [])].filter(({ until }) => until > today);
}
