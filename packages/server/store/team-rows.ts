// SPDX-License-Identifier: Apache-2.0
// Who reports to whom, from the dated relations in the log: an attribute such as "Manager" of a party, whose value is
// another party. Which attributes mean that is a setting of the workspace.

import { type Day, parseIsoDay } from '@rapport/core/values/date.ts';
import { entryOfText } from './log-entry.ts';
import type { Scope } from './open.ts';
import { readSetting } from './setting-rows.ts';

export const teamRelationsSetting = 'team relations';
/** Until a workspace says otherwise. */
export const usualTeamRelations: readonly string[] = ['Manager', 'Team Lead', 'Supervisor'];

/** Everybody below this party today, at any depth, without the party itself. */
export async function reportsTo(scope: Scope, leader: string, now: Date): Promise<ReadonlySet<string>> {
  const leaders = await leadersOn(scope, parseIsoDay(now.toISOString().slice(0, 10)) as Day);
  const below = new Map<string, string[]>();
  for (const [party, over] of leaders) below.set(over, [...(below.get(over) ?? []), party]);
  const found = new Set<string>();
  const waiting = [leader];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const party of below.get(next) ?? []) {
      if (party === leader || found.has(party)) continue;
      found.add(party);
      waiting.push(party);
    }
  }
  return found;
}

/** For each party its leader on that day: the entry with the latest first day, of several the last recorded. */
async function leadersOn(scope: Scope, day: Day): Promise<ReadonlyMap<string, string>> {
  const relations = (await readSetting<readonly string[]>(scope, teamRelationsSetting)) ?? usualTeamRelations;
  const rows = await scope.query
    .selectFrom('log')
    .select('body')
    .where('workspace', '=', scope.workspace)
    .where('kind', '=', 'attribute')
    .where(({ or, eb }) => or(relations.map((relation) => eb('name', 'like', `%.${literal(relation)}`))))
    .orderBy('sequence')
    .execute();
  const latest = new Map<string, { readonly over: string | null; readonly from: Day | null }>();
  for (const { body } of rows) {
    const entry = entryOfText(body);
    if (entry.kind !== 'attribute') continue;
    const { of, value, from, through } = entry.fact;
    if ((from !== null && from > day) || (through !== null && through < day)) continue;
    const before = latest.get(of)?.from ?? null;
    if (before !== null && (from === null || from < before)) continue;
    latest.set(of, { over: value.kind === 'party' ? value.value : null, from });
  }
  return new Map([...latest].flatMap(([of, { over }]) => (over === null ? [] : [[of, over] as const])));
}

/** The text with what `like` would read as a pattern taken literally. */
function literal(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
