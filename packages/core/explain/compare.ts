// SPDX-License-Identifier: Apache-2.0
// Two versions of an agreement as a difference of meaning: blanks, declarations, tables, clauses, settlements and
// rules that were added, removed or changed. What differs in words alone is no change here (see compare-words.ts).
import type { Policies, Program } from '../program/program.ts';
import { meaningText } from './canonical.ts';
import { figureOf } from './figures.ts';
import { readStatements, type StatementReading } from './reading.ts';
import { calendarSentence, readPolicies } from './reading-policy.ts';

export type ChangeArea = StatementReading['kind'] | 'blank' | 'asset' | 'rule' | 'example' | 'words';

/** One difference between two versions. */
export interface Change {
  readonly area: ChangeArea;
  readonly what: 'added' | 'removed' | 'changed';
  /** The declared name, the component's name, the key of a rule, or the heading of a section. */
  readonly name: string;
  /** Heading of the section, where the program knows it. */
  readonly section: string | null;
  /** The value or the sentences that are no longer there. */
  readonly before: readonly string[];
  /** The value or the sentences that are new. */
  readonly after: readonly string[];
}

/** Everything that means something else in `after`; empty when the two mean the same. */
export function compareVersions(before: Program, after: Program): readonly Change[] {
  return [
    ...blankChanges(before, after),
    ...assetChanges(before, after),
    ...statementChanges(before, after),
    ...ruleChanges(before.policies, after.policies),
    ...exampleChanges(before, after),
  ];
}

function blankChanges(before: Program, after: Program): readonly Change[] {
  const values = (program: Program) =>
    new Map(
      program.blanks.map(({ id, type, value, section }) => [
        id,
        {
          section,
          text: value === null ? 'not filled in' : figureOf(type, value),
          meaning: meaningText({ type, value }),
        },
      ]),
    );
  const old = values(before);
  const now = values(after);
  return namesOf(old, now).flatMap((name) => {
    const from = old.get(name);
    const to = now.get(name);
    if (from?.meaning === to?.meaning) return [];
    const section = to?.section ?? from?.section ?? null;
    return [{ area: 'blank', ...change(from?.text, to?.text), name, section } as const];
  });
}

function assetChanges(before: Program, after: Program): readonly Change[] {
  const texts = (program: Program) =>
    new Map(
      program.assets.map(({ id, decimals }) => [id, decimals === 0 ? 'whole' : `${decimals} decimals`]),
    );
  const old = texts(before);
  const now = texts(after);
  return namesOf(old, now).flatMap((name) =>
    old.get(name) === now.get(name)
      ? []
      : [{ area: 'asset', ...change(old.get(name), now.get(name)), name, section: null } as const],
  );
}

interface Statement {
  readonly reading: StatementReading;
  readonly meaning: string;
  readonly section: string | null;
}

function statementChanges(before: Program, after: Program): readonly Change[] {
  const old = statementsOf(before);
  const now = statementsOf(after);
  return namesOf(old, now).flatMap((key) => {
    const from = old.get(key);
    const to = now.get(key);
    const known = to ?? from;
    if (known === undefined || from?.meaning === to?.meaning) return [];
    const lost = from?.reading.sentences.filter((one) => !(to?.reading.sentences ?? []).includes(one)) ?? [];
    const won = to?.reading.sentences.filter((one) => !(from?.reading.sentences ?? []).includes(one)) ?? [];
    const what = from === undefined ? 'added' : to === undefined ? 'removed' : 'changed';
    const { kind, name } = known.reading;
    return [{ area: kind, what, name, section: known.section, before: lost, after: won } as const];
  });
}

/** Every statement by area and stable id, with the text of its meaning. */
function statementsOf(program: Program): ReadonlyMap<string, Statement> {
  const nodes: readonly (readonly [StatementReading['kind'], readonly { readonly id: string }[]])[] = [
    ['party', program.parties],
    ['fact', program.factKinds],
    ['kind', program.derivedKinds],
    ['value', program.values],
    ['table', program.tables],
    ['status', program.statuses],
    ['decision', program.decisions],
    ['clause', program.clauses],
    ['settlement', program.settlements],
    ['burn', program.burns.map((burn) => ({ ...burn, id: burn.asset }))],
  ];
  const readings = readStatements(program);
  const found = new Map<string, Statement>();
  for (const [kind, declared] of nodes) {
    for (const node of declared) {
      const name = 'name' in node && (kind === 'clause' || kind === 'settlement') ? node.name : node.id;
      const reading = readings.find((one) => one.kind === kind && one.name === name);
      if (reading === undefined) continue;
      const section = 'section' in node && typeof node.section === 'string' ? node.section : null;
      found.set(`${kind}/${node.id}`, { reading, meaning: meaningText({ ...node, section: null }), section });
    }
  }
  return found;
}

const ruleNames: Readonly<Record<keyof Policies, string>> = {
  calendar: 'calendar',
  zone: 'time zone',
  rounding: 'rounding',
  late: 'late facts',
  returns: 'returns',
  amendments: 'amendments',
  proration: 'proration',
  attribution: 'attribution',
};

function ruleChanges(before: Policies, after: Policies): readonly Change[] {
  const keys = Object.keys(ruleNames) as (keyof Policies)[];
  return keys.flatMap((key) => {
    if (meaningText(before[key]) === meaningText(after[key])) return [];
    const parts = change(ruleSentence(before, key), ruleSentence(after, key));
    return [{ area: 'rule', ...parts, name: ruleNames[key], section: null } as const];
  });
}

/** The sentence of one rule: where the reading of all rules differs when only this one does. */
function ruleSentence(policies: Policies, key: keyof Policies): string {
  if (key === 'zone') return policies.zone;
  if (key === 'calendar') return calendarSentence(policies.calendar, policies.zone);
  const place = ['calendar', 'rounding', 'late', 'returns', 'amendments', 'proration', 'attribution'].indexOf(
    key,
  );
  return readPolicies(policies)[place] ?? '';
}

function exampleChanges(before: Program, after: Program): readonly Change[] {
  const texts = (program: Program) => new Map(program.examples.map((one) => [one.name, meaningText(one)]));
  const old = texts(before);
  const now = texts(after);
  return namesOf(old, now).flatMap((name) => {
    if (old.get(name) === now.get(name)) return [];
    const what = !old.has(name) ? 'added' : !now.has(name) ? 'removed' : 'changed';
    return [{ area: 'example', what, name, section: null, before: [], after: [] } as const];
  });
}

/** All names, those of the old version in its order, then the new ones. */
function namesOf(old: ReadonlyMap<string, unknown>, now: ReadonlyMap<string, unknown>): readonly string[] {
  return [...old.keys(), ...[...now.keys()].filter((name) => !old.has(name))];
}

function change(from: string | undefined, to: string | undefined): Pick<Change, 'what' | 'before' | 'after'> {
  return {
    what: from === undefined ? 'added' : to === undefined ? 'removed' : 'changed',
    before: from === undefined ? [] : [from],
    after: to === undefined ? [] : [to],
  };
}
