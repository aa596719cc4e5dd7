// SPDX-License-Identifier: Apache-2.0
// Stages that are dealt together. Where one stage's key follows from another's through a relation, such as the manager
// from the representative, the rows of a family serve both, and are brought together once.

import type { RowSet } from './fact-set.ts';
import { type Families, familiesOf } from './families.ts';
import type { NumberFormula } from './formula.ts';
import type { Stage } from './plan.ts';
import type { Relation } from './relation.ts';
import type { CodeFormula } from './row-formula.ts';
import { sameForAll } from './run.ts';

/** A stage with where its sets and columns stand among those of its group. */
export interface Member {
  readonly stage: Stage;
  /** By set: its bit in the tags. */
  readonly bits: readonly number[];
  /** By measure: its column; −1 where every member adds the same. */
  readonly values: readonly number[];
  readonly links: readonly number[];
  /** Leads from the key of the group to that of this stage; null where it is the same. */
  readonly relation: Relation | null;
}

export interface Group {
  /** By its key the rows are dealt. */
  readonly first: Member;
  /** Stages whose keys follow from it. */
  readonly others: readonly Member[];
  /** Null where there are no others. */
  readonly families: Families | null;
  readonly sets: readonly RowSet[];
  readonly values: readonly NumberFormula<number>[];
  readonly links: readonly CodeFormula[];
}

/** All stages in groups. */
export function groupsOf(stages: readonly Stage[]): readonly Group[] {
  const left = new Set(stages);
  const groups: Group[] = [];
  for (const stage of stages) {
    if (!left.has(stage) || stage.key.via !== undefined) continue;
    const behind = [...left].filter((other) => isBehind(other, stage));
    // Families of two relations at once would soon be whole companies.
    const others = behind.filter(({ key }) => key.via!.relation === behind[0]!.key.via!.relation);
    const group = groupOf(stage, others);
    if (group.sets.length > setsMax) continue;
    for (const one of [stage, ...others]) left.delete(one);
    groups.push(group);
  }
  return [...groups, ...[...left].map((stage) => groupOf(stage, []))];
}

/** Each stage of a group in a group of its own. */
export function apart({ first, others }: Group): readonly Group[] {
  return [first, ...others].map(({ stage }) => groupOf(stage, []));
}

/** As many sets as a tag has bits. */
const setsMax = 31;

function isBehind(other: Stage, stage: Stage): boolean {
  return other.scope.table === stage.scope.table && other.key.via?.holder.path === stage.key.path;
}

/** One group of a stage and others behind it. */
export function groupOf(stage: Stage, others: readonly Stage[]): Group {
  const sets: RowSet[] = [];
  const values: NumberFormula<number>[] = [];
  const columns: string[] = [];
  const links: CodeFormula[] = [];
  const memberOf = (one: Stage): Member => ({
    stage: one,
    bits: one.sets.map((set) => {
      const same = sets.findIndex(({ name }) => name === set.name);
      return 1 << (same === -1 ? sets.push(set) - 1 : same);
    }),
    values: one.measures.map(({ each, column }) => {
      if (each === null || sameForAll(each) !== null) return -1;
      const same = columns.indexOf(column);
      if (same !== -1) return same;
      values.push(each);
      return columns.push(column) - 1;
    }),
    links: one.links.map((link) => {
      const same = links.findIndex(({ path }) => path === link.path);
      return same === -1 ? links.push(link) - 1 : same;
    }),
    relation: one === stage ? null : one.key.via!.relation,
  });
  const first = memberOf(stage);
  const behind = others.map(memberOf);
  const [relation] = behind.map((member) => member.relation!);
  const families = relation === undefined ? null : familiesOf(relation, stage.key.dictionary.texts.length);
  return { first, others: behind, families, sets, values, links };
}
