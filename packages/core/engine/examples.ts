// SPDX-License-Identifier: Apache-2.0
// Worked examples, run: their steps are learned one after the other, and each `gives` is compared with what the
// evaluator gives then. Without an `as of`, a step is seen at the end of its period, or on the last day that counts.

import { isKept } from '../ledger/roles.ts';
import type { Span } from '../program/diagnostic.ts';
import type { Entitlement, Evaluation } from '../program/entitlement.ts';
import type { Entry, Fact } from '../program/log.ts';
import type { Example, ExampleStep, Program } from '../program/program.ts';
import {
  type GrowingPromised,
  keepTotal,
  nothingPromised,
  type Promised,
  promise,
} from '../program/promise.ts';
import type { Scalar, WaitingFor } from '../program/value.ts';
import { type Day, lastDay } from '../values/date.ts';
import { parsePeriod } from '../values/period.ts';
import { add, equals, type Rational, rational, subtract, zero } from '../values/rational.ts';
import { knownAt } from './known.ts';
import { assetDecimals } from './reference/cell.ts';
import { evaluate } from './reference/evaluate.ts';
import { worldOf } from './reference/world.ts';

/** One amount that the example says and the agreement does not give, or gives and the example does not say. */
export interface Mismatch {
  readonly at: Span;
  readonly component: string;
  readonly payee: string;
  readonly period: string;
  readonly asset: string;
  /** Null: the example says that nothing else is given. */
  readonly expected: Rational | null;
  readonly got: Rational;
  /** True when it is the difference (`now`) that does not agree. */
  readonly isDifference: boolean;
  /** What the amount waits for: an example must state all that its result depends on. */
  readonly waiting: readonly WaitingFor[];
}

export interface ExampleOutcome {
  readonly example: string;
  readonly isPassed: boolean;
  readonly mismatches: readonly Mismatch[];
}

/** A program with another value in a blank. */
export function withBlankValue(program: Program, blank: string, value: Scalar): Program {
  return {
    ...program,
    blanks: program.blanks.map((candidate) => (candidate.id === blank ? { ...candidate, value } : candidate)),
  };
}

interface Learned {
  readonly program: Program;
  readonly entries: readonly Entry[];
  /** The day of evaluation that was stated. */
  readonly asOf: Day | null;
}

type Gives = ExampleStep & { kind: 'gives' };

/** What a worked example gives, against what it says. */
export function runExample(program: Program, example: Example): ExampleOutcome {
  const mismatches: Mismatch[] = [];
  const promised = nothingPromised();
  let learned: Learned = { program, entries: [], asOf: null };
  let before: readonly Entitlement[] = [];
  let said: Gives[] = [];
  for (const step of example.steps) {
    switch (step.kind) {
      case 'gives': {
        said.push(step);
        const now = evaluatedAt(learned, said, promised).entitlements;
        mismatches.push(...compared(step, now, before, program));
        break;
      }
      case 'gives nothing else':
        mismatches.push(...unsaid(step.at, said, evaluatedAt(learned, said, promised).entitlements, program));
        break;
      default:
        if (said.length > 0) {
          const evaluation = evaluatedAt(learned, said, promised);
          before = evaluation.entitlements;
          bookPromises(promised, evaluation, learned.program);
        }
        said = [];
        learned = learn(learned, step);
    }
  }
  return { example: example.name, isPassed: mismatches.length === 0, mismatches };
}

/** The program with the blanks that an example sets, and all that the example learns, as a log. */
export function exampleLog(
  program: Program,
  example: Example,
): { readonly program: Program; readonly entries: readonly Entry[] } {
  let learned: Learned = { program, entries: [], asOf: null };
  for (const step of example.steps)
    if (step.kind !== 'gives' && step.kind !== 'gives nothing else') learned = learn(learned, step);
  return learned;
}

function learn(
  learned: Learned,
  step: Exclude<ExampleStep, { kind: 'gives' | 'gives nothing else' }>,
): Learned {
  const added = (entry: Entry): Learned => ({ ...learned, entries: [...learned.entries, entry] });
  switch (step.kind) {
    case 'fact': {
      const fact = revised(learned.entries, step.fact);
      return added({ kind: 'fact', fact, recordedOn: step.recordedOn });
    }
    case 'void': {
      const fact = revised(learned.entries, { kind: step.factKind, id: step.id, revision: 1, fields: {} });
      return added({ kind: 'fact', fact: { ...fact, isVoid: true }, recordedOn: step.recordedOn });
    }
    case 'attribute':
      return added({ kind: 'attribute', fact: step.fact, recordedOn: null });
    case 'decision':
      return added({ kind: 'decision', fact: step.fact, recordedOn: null });
    case 'opening':
      return added({ kind: 'opening', balance: step.balance, recordedOn: null });
    case 'close':
      return added({ kind: 'close', period: step.period, recordedOn: null });
    case 'with':
      return { ...learned, program: withBlankValue(learned.program, step.blank, step.value) };
    case 'as of':
      return { ...learned, asOf: step.day };
  }
}

/** A fact with a known id revises it: only the fields that are named change. */
function revised(entries: readonly Entry[], fact: Fact): Fact {
  const before = entries.findLast(
    (entry): entry is Entry & { kind: 'fact' } =>
      entry.kind === 'fact' && entry.fact.kind === fact.kind && entry.fact.id === fact.id,
  )?.fact;
  if (before === undefined) return fact;
  return {
    ...fact,
    revision: before.revision + 1,
    fields: { ...before.fields, ...fact.fields },
  };
}

function evaluatedAt(learned: Learned, said: readonly Gives[], promised: Promised): Evaluation {
  const { program, entries } = learned;
  const known = knownAt(entries, learned.asOf ?? lastDayOf(learned, said));
  return evaluate([{ program, from: null, to: null }], { ...known, promised });
}

/** What is given before the next step is booked: what of it is for good stays, whatever is learned later. */
function bookPromises(promised: GrowingPromised, evaluation: Evaluation, program: Program): void {
  if (evaluation.promises !== undefined) promise(promised, evaluation.promises);
  const kept = new Set(program.clauses.filter(isKept).map(({ id }) => id));
  for (const { clause, payee, period, asset, amount, state } of evaluation.entitlements)
    if (kept.has(clause) && amount > 0n && state !== 'forecast')
      keepTotal(promised, { clause, payee, period, asset, amount });
}

/** The last day that counts: of the facts, or of the periods that are spoken of. */
function lastDayOf({ program, entries }: Learned, said: readonly Gives[]): Day {
  const world = worldOf(program, knownAt(entries, lastDay));
  const days = [...world.records.values()].flatMap((records) => records.at(-1)?.day ?? []);
  const ends = said.flatMap(({ period }) => parsePeriod(program.policies.calendar, period)?.end ?? []);
  const all = [...days, ...ends];
  return all.length === 0 ? 0 : Math.max(...all);
}

function amountsOf(
  entitlements: readonly Entitlement[],
  {
    payee,
    period,
    component,
  }: { readonly payee: string; readonly period: string; readonly component: string },
): readonly Entitlement[] {
  const own = entitlements.flatMap((entitlement) => {
    if (entitlement.payee !== payee) return [];
    if (entitlement.component === component) return [entitlement];
    // "Commission held" is what "Commission" has earned and not released.
    return `${entitlement.component} held` === component
      ? [{ ...entitlement, amount: entitlement.held }]
      : [];
  });
  // Without a period, all that the payee has of the component.
  return period === '' ? own : own.filter((entitlement) => entitlement.period === period);
}

function sumOf(entitlements: readonly Entitlement[], program: Program): Rational {
  return entitlements.reduce(
    (sum, { amount, asset }) => add(sum, rational(amount, 10n ** BigInt(assetDecimals(program, asset)))),
    zero,
  );
}

function compared(
  step: Gives,
  now: readonly Entitlement[],
  before: readonly Entitlement[],
  program: Program,
): readonly Mismatch[] {
  return step.amounts.flatMap((said): readonly Mismatch[] => {
    const key = { payee: step.payee, period: step.period, component: said.component };
    const found = amountsOf(now, key);
    const got = sumOf(found, program);
    const waiting = found.flatMap((entitlement) => entitlement.waiting);
    const mismatch = { at: said.at, ...key, asset: said.asset, waiting };
    const mismatches: Mismatch[] = [];
    if (!equals(got, said.amount) || waiting.length > 0)
      mismatches.push({ ...mismatch, expected: said.amount, got, isDifference: false });
    const difference = subtract(got, sumOf(amountsOf(before, key), program));
    if (said.now !== null && !equals(difference, said.now))
      mismatches.push({ ...mismatch, expected: said.now, got: difference, isDifference: true });
    return mismatches;
  });
}

/** What is given and not said. Balances of points come of themselves and need not be said. */
function unsaid(
  at: Span,
  said: readonly Gives[],
  now: readonly Entitlement[],
  program: Program,
): readonly Mismatch[] {
  return now
    .filter(({ amount, clause }) => amount !== 0n && !isBalance(clause, program))
    .filter(
      ({ payee, period, component }) =>
        !said.some(
          (step) =>
            step.payee === payee &&
            (step.period === '' || step.period === period) &&
            step.amounts.some((amount) => amount.component === component),
        ),
    )
    .map((entitlement) => ({
      at,
      component: entitlement.component,
      payee: entitlement.payee,
      period: entitlement.period,
      asset: entitlement.asset,
      expected: null,
      got: sumOf([entitlement], program),
      isDifference: false,
      waiting: entitlement.waiting,
    }));
}

function isBalance(clause: string, program: Program): boolean {
  return program.assets.some(({ id }) => clause.startsWith(`${id}/`));
}
