// SPDX-License-Identifier: Apache-2.0
// Sets of facts, and of parties or things. Facts are scanned in their declared order within a window; those that
// belong to one owner are grouped once, so that a scan over one member does not pass over all. A fact of which it is
// not known whether it belongs is left out, and noted as waited for. Whose fact it is must be known: else it is nobody's.
import type { Expression, Variable } from '../../program/expression.ts';
import type { SetExpression } from '../../program/set.ts';
import type { Value, WaitingFor } from '../../program/value.ts';
import { periodOrdinal } from '../../values/period.ts';
import { attributeHolders } from './attributes.ts';
import { answer, isNamedSet } from './expression.ts';
import { membershipOf } from './given.ts';
import { countedRecords } from './lowering.ts';
import { compareRecords, countBefore, type FactRecord } from './order.ts';
import { isValue, keyOf } from './result.ts';
import { bind, bindRecord, type Scope } from './scope.ts';
import { isInWindow, type Range, windowRange } from './window.ts';
import { declaredKind, keptOf, type World } from './world.ts';

/** An element of a set; the record where it is a fact that counts. */
export interface Item {
  readonly value: Value;
  readonly record: FactRecord | null;
}

/** The elements of a set: facts in the declared order, parties and things by id, each once. */
export function itemsOf(set: SetExpression, scope: Scope): readonly Item[] {
  switch (set.kind) {
    case 'facts':
      return factsIn(set, scope).map((record) => ({ value: record.value, record }));
    case 'parties':
      return partiesIn(set, scope);
    case 'through':
      return throughLinks(set, scope);
    case 'both': {
      const right = new Set(itemsOf(set.right, scope).map(({ value }) => keyOf(value)));
      return itemsOf(set.left, scope).filter(({ value }) => right.has(keyOf(value)));
    }
    case 'without': {
      const right = new Set(itemsOf(set.right, scope).map(({ value }) => keyOf(value)));
      return itemsOf(set.left, scope).filter(({ value }) => !right.has(keyOf(value)));
    }
    case 'either':
      return distinct([...itemsOf(set.left, scope), ...itemsOf(set.right, scope)]);
    case 'named': {
      const { body, inner } = isNamedSet(set, scope);
      return itemsOf(body, inner);
    }
    case 'below':
      return attributeHolders(set, scope).map((id) => ({
        value: { kind: 'party', value: id },
        record: null,
      }));
  }
}

function distinct(items: readonly Item[]): Item[] {
  const byKey = new Map(items.map((item) => [keyOf(item.value), item]));
  const list = [...byKey.values()];
  if (list.every(({ record }) => record !== null))
    return list.sort((a, b) => compareRecords(a.record!, b.record!));
  return list.sort((a, b) => (keyOf(a.value) < keyOf(b.value) ? -1 : 1));
}

function throughLinks(set: SetExpression & { kind: 'through' }, scope: Scope): Item[] {
  const links = itemsOf(set.of, scope).flatMap((item): Item[] => {
    const linked = answer(set.link, bindItem(scope, set.item, item));
    if (isValue(linked)) {
      const { type } = set.link;
      const record =
        type.kind === 'fact' && linked.kind === 'fact'
          ? (scope.world.recordsById.get(declaredKind(scope.world.program, type.of))?.get(linked.value) ??
            null)
          : null;
      return linked.kind === 'open' ? [] : [{ value: linked, record }];
    }
    if (linked.kind === 'waiting') scope.waits.push(...linked.for);
    return [];
  });
  return distinct(links);
}

/** A scope with an element of a set bound. */
export function bindItem(scope: Scope, variable: Variable, item: Item): Scope {
  return item.record === null ? bind(scope, variable, item.value) : bindRecord(scope, variable, item.record);
}

function partiesIn(set: SetExpression & { kind: 'parties' }, scope: Scope): Item[] {
  return (scope.world.parties.get(set.party) ?? []).flatMap((id): Item[] => {
    const value: Value = { kind: 'party', value: id };
    return holdsAll(set.where, bind(scope, set.item, value), scope.waits) ? [{ value, record: null }] : [];
  });
}

/** Whether every condition holds. One that is false decides; otherwise what is waited for is noted. */
function holdsAll(where: readonly Expression[], scope: Scope, waits: WaitingFor[]): boolean {
  const found: WaitingFor[] = [];
  let isWaiting = false;
  for (const condition of where) {
    const result = answer(condition, scope);
    if (result.kind === 'waiting') {
      isWaiting = true;
      found.push(...result.for);
    } else if (result.kind === 'none' || (result.kind === 'yesNo' && !result.value)) return false;
  }
  waits.push(...found);
  return !isWaiting;
}

/** The facts of a set, in the declared order; those alone that are asked for. */
export function factsIn(
  set: SetExpression & { kind: 'facts' },
  scope: Scope,
  isAsked: (record: FactRecord) => boolean = () => true,
): readonly FactRecord[] {
  const range = windowRange(set, scope);
  if (range === null) return [];
  const kind = kindRecords(scope, set.factKind);
  const { records, rest } = belonging(set, kind.records, scope);
  const from = range.from === -Infinity ? 0 : countBefore(records, range.from);
  const found: FactRecord[] = [];
  for (let index = from; index < records.length; index += 1) {
    const record = records[index]!;
    if (record.day > range.through) break;
    if (!isInWindow(record, range)) continue;
    if (!isAsked(record)) continue;
    if (rest.length > 0 && !holdsAll(rest, bindRecord(scope, set.item, record), scope.waits)) continue;
    if (kind.isOf !== null && !kind.isOf(record)) continue;
    const pending = kind.pending.get(record);
    if (pending === undefined) found.push(record);
    else scope.waits.push(...pending);
  }
  return found;
}

export type { Range };

interface KindRecords {
  /** Those of the kind, and those of which that is not yet known. */
  readonly records: readonly FactRecord[];
  readonly pending: ReadonlyMap<FactRecord, readonly WaitingFor[]>;
  /** Which of them are of the kind, where that is given and not computed; null: all. */
  readonly isOf: ((record: FactRecord) => boolean) | null;
}

const nothingPending: ReadonlyMap<FactRecord, readonly WaitingFor[]> = new Map();

/** The records of a kind, declared or derived, over the whole company and history. */
export function kindRecords(scope: Scope, kind: string): KindRecords {
  const derived = scope.world.program.derivedKinds.find(({ id }) => id === kind);
  if (derived === undefined)
    return { records: countedRecords(scope, kind), pending: nothingPending, isOf: null };
  return keptOf(scope.world, derived, scope.returns, () => {
    const base = kindRecords(scope, derived.base);
    const whole: Scope = { ...scope, bound: null, limit: null, during: null, clip: null, wallet: null };
    const pending = new Map<FactRecord, readonly WaitingFor[]>();
    const { rule } = derived;
    if (rule.kind === 'whose') {
      const records = base.records.filter((record) => {
        const waits: WaitingFor[] = [...(base.pending.get(record) ?? [])];
        const inner = bindRecord({ ...whole, waits: [] }, derived.item, record);
        const condition = answer(rule.condition, inner);
        if (condition.kind === 'waiting') waits.push(...condition.for);
        else if (condition.kind !== 'yesNo' || !condition.value) return false;
        if (waits.length > 0) pending.set(record, waits);
        return true;
      });
      return { records, pending, isOf: base.isOf };
    }
    const chosen = new Map<string, FactRecord>();
    const unknown: FactRecord[] = [];
    const asked = new Map<FactRecord, (record: FactRecord) => boolean>();
    const isFields = isFieldsOf(rule.each, derived.item.id);
    for (const record of base.records) {
      // A return is not another first sale.
      if (record.lowering !== null || base.pending.has(record)) continue;
      if (base.isOf !== null && !base.isOf(record)) continue;
      const each = answer(rule.each, bindRecord({ ...whole, waits: [] }, derived.item, record));
      if (!isValue(each)) {
        if (each.kind === 'waiting') {
          unknown.push(record);
          pending.set(record, each.for);
        }
        continue;
      }
      const isOf = membershipOf(derived, { type: rule.each.type, value: each, isFields }, whole);
      if (isOf !== null) {
        asked.set(record, isOf);
        continue;
      }
      const period = rule.unit === null ? '' : `${ordinalOf(scope.world, rule.unit, record)}`;
      const key = `${keyOf(each)}\u0000${period}`;
      if (rule.kind === 'last' || !chosen.has(key)) chosen.set(key, record);
    }
    return {
      records: [...chosen.values(), ...unknown, ...asked.keys()].sort(compareRecords),
      pending,
      isOf: asked.size === 0 ? null : (record) => asked.get(record)?.(record) ?? true,
    };
  });
}

function ordinalOf(world: World, unit: string, record: FactRecord): number {
  if (unit.startsWith('contract')) throw new Error('A first of each contract period has no contract.');
  return periodOrdinal(
    world.program.policies.calendar,
    unit as 'day' | 'week' | 'month' | 'quarter' | 'half' | 'year',
    record.day,
  );
}

/** A condition `link of the item is the owner` splits the facts by owner once; the other conditions remain. */
interface Ownership {
  readonly link: Expression;
  readonly owner: Expression;
  readonly rest: readonly Expression[];
}

function belonging(
  set: SetExpression & { kind: 'facts' },
  records: readonly FactRecord[],
  scope: Scope,
): { readonly records: readonly FactRecord[]; readonly rest: readonly Expression[] } {
  const ownership = keptOf(scope.world, set, 'ownership', () => ownershipIn(set.where, set.item));
  if (ownership === null) return { records, rest: set.where };
  const owner = answer(ownership.owner, scope);
  if (!isValue(owner)) {
    if (owner.kind === 'waiting') scope.waits.push(...owner.for);
    return { records: [], rest: [] };
  }
  const groups = keptOf(scope.world, set, `by owner ${scope.returns}`, () => {
    const byOwner = new Map<string, FactRecord[]>();
    const whole: Scope = {
      ...scope,
      bound: null,
      limit: null,
      during: null,
      clip: null,
      wallet: null,
      waits: [],
    };
    for (const record of records) {
      const link = answer(ownership.link, bindRecord(whole, set.item, record));
      if (!isValue(link)) continue;
      const key = keyOf(link);
      const group = byOwner.get(key);
      if (group === undefined) byOwner.set(key, [record]);
      else group.push(record);
    }
    return byOwner;
  });
  return { records: groups.get(keyOf(owner)) ?? [], rest: ownership.rest };
}

function ownershipIn(where: readonly Expression[], item: Variable): Ownership | null {
  for (const [index, condition] of where.entries()) {
    if (condition.kind !== 'compare' || condition.comparison !== 'is') continue;
    const rest = where.filter((_, place) => place !== index);
    for (const [link, owner] of [
      [condition.left, condition.right],
      [condition.right, condition.left],
    ] as const)
      if (isLinkOf(link, item) && !mentions(owner, item.id)) return { link, owner, rest };
  }
  return null;
}

/** A chain of fields that starts at the item, or the item itself. */
export function isFieldsOf(link: Expression, item: number): boolean {
  if (link.kind === 'variable') return link.variable.id === item;
  return link.kind === 'field' && isFieldsOf(link.of, item);
}

/** A chain of fields and of relations on the counting date that starts at the item: it depends on nothing else. */
function isLinkOf(link: Expression, item: Variable): boolean {
  switch (link.kind) {
    case 'variable':
      return link.variable.id === item.id;
    case 'field':
      return isLinkOf(link.of, item);
    case 'attribute':
      return link.moment.kind === 'counting' && link.moment.fact.id === item.id && isLinkOf(link.of, item);
    default:
      return false;
  }
}

/** Whether a part of a program speaks of a variable. */
export function mentions(node: unknown, id: number): boolean {
  if (Array.isArray(node)) return node.some((part) => mentions(part, id));
  if (node === null || typeof node !== 'object') return false;
  if ('id' in node && node.id === id && 'name' in node && 'type' in node) return true;
  return Object.entries(node).some(([name, part]) => name !== 'at' && name !== 'type' && mentions(part, id));
}
