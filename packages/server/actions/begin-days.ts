// SPDX-License-Identifier: Apache-2.0
// Time is a fact: the days that have begun by the clock are written to the log, for each zone of the agreements in
// force. Days that were missed while nobody ran are made up for, in order; a day that lies ahead is never written.
import { type Day, parseIsoDay } from '@rapport/core/values/date.ts';
import type { Submitted } from '../writer/writing.ts';
import type { Context } from './context.ts';

/** The most days that are made up for one by one; before a longer gap only the latest is written. */
const madeUpMax = 800;

/** Gives how many days were written. */
export async function beginDays({ writers, clock }: Context, workspace: number): Promise<number> {
  const writer = await writers.of(workspace);
  const now = clock();
  const outcome = await writer.decide((view) => {
    const zones = new Set(
      view
        .agreements()
        .flatMap((agreement) => view.versions(agreement).map(({ program }) => program.policies.zone)),
    );
    const entries = [...zones].flatMap((zone) =>
      daysBetween(view.today(zone), localDay(now, zone)).map(
        (day): Submitted => ({ entry: { kind: 'day', zone, day }, actor: 'job:day-clock', source: '' }),
      ),
    );
    return { kind: 'decided', entries, value: entries.length };
  });
  return outcome.kind === 'done' ? outcome.value : 0;
}

/** The days after `last` through `today`, oldest first. */
function daysBetween(last: Day | null, today: Day): readonly Day[] {
  if (last === null || today - last > madeUpMax) return [today];
  return Array.from({ length: Math.max(0, today - last) }, (_, index) => last + 1 + index);
}

/** The day that a calendar on the wall of the zone shows. */
export function localDay(moment: Date, zone: string): Day {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(moment);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? '';
  const day = parseIsoDay(`${part('year')}-${part('month')}-${part('day')}`);
  if (day === null) throw new Error(`No day in the zone ${zone}.`);
  return day;
}
