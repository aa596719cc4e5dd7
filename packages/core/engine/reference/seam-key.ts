// SPDX-License-Identifier: Apache-2.0
// The names of seams: which expression of an agreement is meant, for whom, and in which period. Equal texts have equal
// names everywhere, so that a value that one evaluation gave stands in its place in another.
import type { Expression } from '../../program/expression.ts';
import type { Program } from '../../program/program.ts';
import type { Value } from '../../program/value.ts';
import type { Day } from '../../values/date.ts';
import type { FactRecord } from './order.ts';
import { keyOf } from './result.ts';
import type { Scope } from './scope.ts';
import { mentions } from './sets.ts';
import { keptOf, type World } from './world.ts';

/** Which value is meant: the same in every evaluation of the same text. */
export interface SeamKey {
  /** Where in the agreement: "clause team-override, 1"; "value Team Revenue, 2"; "kind First Deal". */
  readonly seam: string;
  /** What is at hand there, as far as the value speaks of it. */
  readonly at: readonly AtHand[];
  /** First day of the version of the agreement under which it is read; null: of the first one. */
  readonly from: Day | null;
  /** What else bounds what is seen (a part of a period, a place in the order of facts), as text; "" where nothing does. */
  readonly seen: string;
}

export interface AtHand {
  /** As the agreement calls it: "Manager", "quarter". */
  readonly name: string;
  readonly kind: Value['kind'];
  /** An id, the label of a period, or another value as text. */
  readonly value: string;
}

/** Equal for equal keys alone. */
export function seamText({ seam, at, from, seen }: SeamKey): string {
  return JSON.stringify([seam, at.map(({ name, value }) => [name, value]), from, seen]);
}

/** The key of an expression where it stands. */
export function keyOfSeam(node: Expression, scope: Scope): SeamKey {
  const at: AtHand[] = [];
  const seen = new Set<number>();
  for (let binding = scope.bound; binding !== null; binding = binding.outer) {
    const { id, value, record } = binding;
    if (seen.has(id)) continue;
    seen.add(id);
    if (!keptOf(scope.world, node, `speaks of ${id}`, () => mentions(node, id))) continue;
    at.push(
      record === null
        ? { name: binding.name, kind: value.kind, value: shownText(value) }
        : atHandFact(record),
    );
  }
  return { seam: seamNames(scope.world).get(node) ?? node.kind, at: at.reverse(), ...readUnder(scope) };
}

function shownText(value: Value): string {
  if (value.kind === 'period') return value.value.label;
  return 'value' in value && typeof value.value === 'string' ? value.value : keyOf(value);
}

export function atHandFact({ kind, fact, lowering, isLate }: FactRecord): AtHand {
  const lowered = lowering === null ? '' : ` lowered by ${lowering.kind} ${lowering.id}`;
  return {
    name: kind,
    kind: 'fact',
    value: `${fact.id}${lowered}${isLate === true ? ' as it was corrected' : ''}`,
  };
}

/** The version at hand, and what bounds what is seen. */
export function readUnder(scope: Scope): Pick<SeamKey, 'from' | 'seen'> {
  const from = scope.part?.from ?? -Infinity;
  return { from: Number.isFinite(from) ? from : null, seen: seenText(scope) };
}

/** What bounds what is seen beyond what is at hand; nothing in the plain case. */
function seenText({ world, limit, during, clip, returns }: Scope): string {
  const seen = {
    ...(limit === null
      ? {}
      : { limit: [limit.day, limit.record === null ? null : atHandFact(limit.record).value, limit.isSeen] }),
    ...(during === null ? {} : { during: [`${during.from}`, `${during.through}`] }),
    ...(clip === null ? {} : { clip: [clip.from, clip.through] }),
    ...(returns === world.program.policies.returns ? {} : { returns }),
    ...(world.late === null ? {} : { late: [world.late.mode.kind, world.late.unit] }),
  };
  return Object.keys(seen).length === 0 ? '' : JSON.stringify(seen);
}

/** The name of each expression at which a value may be given: by the definition that it stands in, counted from 1. */
export function seamNames(world: World): ReadonlyMap<object, string> {
  return keptOf(world, world.program, 'seams', () => seamsOf(world.program).names);
}

/** Every possible seam of a program by its name. */
export function seamsOf(program: Program): {
  readonly names: ReadonlyMap<object, string>;
  readonly nodes: ReadonlyMap<string, Expression>;
} {
  const names = new Map<object, string>();
  const nodes = new Map<string, Expression>();
  const walk = (node: unknown, name: string, count: { last: number }): void => {
    if (node === null || typeof node !== 'object') return;
    if (isSeamKind(node) && !names.has(node)) {
      count.last += 1;
      names.set(node, `${name}, ${count.last}`);
      nodes.set(`${name}, ${count.last}`, node);
    }
    for (const [part, inner] of Object.entries(node))
      if (part !== 'at' && part !== 'type') walk(inner, name, count);
  };
  for (const [what, definitions] of [
    ['clause', program.clauses],
    ['settlement', program.settlements],
    ['value', program.values],
    ['kind', program.derivedKinds],
    ['status', program.statuses],
    ['table', program.tables],
    ['decision', program.decisions],
  ] as const)
    for (const one of definitions) walk(one, `${what} ${one.id}`, { last: 0 });
  return { names, nodes };
}

function isSeamKind(node: object): node is Expression {
  return 'kind' in node && 'at' in node && 'type' in node && seamKinds.has(String(node.kind));
}

const seamKinds: ReadonlySet<string> = new Set(['fold', 'member', 'place', 'status']);
