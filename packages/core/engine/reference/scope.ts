// SPDX-License-Identifier: Apache-2.0
// Where an expression stands: what its variables are bound to, how far in the order it sees, and what it has found
// waiting. A scope is never changed; only the list of things waited for grows.
import type { ReturnMode } from '../../program/clause.ts';
import type { LineNote } from '../../program/entitlement.ts';
import type { Variable } from '../../program/expression.ts';
import type { Value, WaitingFor } from '../../program/value.ts';
import type { Day } from '../../values/date.ts';
import type { Rational } from '../../values/rational.ts';
import type { Clip, VersionPart } from './amendment.ts';
import type { FactRecord } from './order.ts';
import { declaredKind, type World } from './world.ts';

export interface Binding {
  readonly id: number;
  readonly name: string;
  readonly value: Value;
  readonly record: FactRecord | null;
  readonly outer: Binding | null;
}

/** The last day that is seen, and the last fact on it, or the first that is not; null in a scope: all through as of. */
export interface Limit {
  readonly day: Day;
  readonly record: FactRecord | null;
  readonly isSeen: boolean;
}

/** What a wallet holds at this point of its fold. */
export interface WalletView {
  balance(asset: string, state: 'usable' | 'pending', owner: string): Rational;
}

/** What another clause entitles a payee to in periods within two days, exactly, by the facts that bear it. */
export type ReadEntitlement = (
  clause: string,
  payee: string,
  from: Day,
  through: Day,
) => readonly {
  readonly record: FactRecord | null;
  readonly amount: Rational;
  readonly note: LineNote;
}[];

export interface Scope {
  readonly world: World;
  readonly bound: Binding | null;
  readonly limit: Limit | null;
  /** Only facts that count in these days are seen: a special incentive with dates. */
  readonly during: { readonly from: Day; readonly through: Day } | null;
  /** The version at hand and its days; null where one version covers everything. */
  readonly part: VersionPart | null;
  /** The period at hand where the version covers only a part of it. */
  readonly clip: Clip | null;
  readonly wallet: WalletView | null;
  /** How facts that lower others act here. */
  readonly returns: ReturnMode;
  readonly entitlement: ReadEntitlement;
  readonly waits: WaitingFor[];
}

export function bind(scope: Scope, variable: Variable, value: Value): Scope {
  return bound(scope, { id: variable.id, name: variable.name, value, record: null, outer: scope.bound });
}

export function bindRecord(scope: Scope, variable: Variable, record: FactRecord): Scope {
  const { id, name } = variable;
  return bound(scope, { id, name, value: record.value, record, outer: scope.bound });
}

/** The same scope with one more binding; written out, since nothing else is done as often. */
function bound(scope: Scope, binding: Binding): Scope {
  return {
    world: scope.world,
    bound: binding,
    limit: scope.limit,
    during: scope.during,
    part: scope.part,
    clip: scope.clip,
    wallet: scope.wallet,
    returns: scope.returns,
    entitlement: scope.entitlement,
    waits: scope.waits,
  };
}

/** What a variable is bound to; an unbound one is an assertion. */
export function bindingOf(scope: Scope, variable: Variable): Binding {
  for (let binding = scope.bound; binding !== null; binding = binding.outer)
    if (binding.id === variable.id) return binding;
  throw new Error(`Nothing is bound to ${variable.name}.`);
}

/** The record of a fact at hand; null, and noted as waited for, while the fact does not count. */
export function recordOf(scope: Scope, variable: Variable): FactRecord | null {
  const binding = bindingOf(scope, variable);
  if (binding.record !== null) return binding.record;
  if (variable.type.kind !== 'fact' || binding.value.kind !== 'fact')
    throw new Error(`${variable.name} is no fact.`);
  const kind = declaredKind(scope.world.program, variable.type.of);
  const record = scope.world.recordsById.get(kind)?.get(binding.value.value) ?? null;
  if (record === null) scope.waits.push({ what: 'fact', name: kind, of: binding.value.value });
  return record;
}
