// SPDX-License-Identifier: Apache-2.0
// Worked examples: their literals become facts, attributes, decisions and expectations with types. A fact that is
// given again is its next revision; fields that are not named again stay as they were.

import type { Settlement } from '../../program/clause.ts';
import type { Field } from '../../program/declaration.ts';
import type { Span } from '../../program/diagnostic.ts';
import type { Example, ExampleStep } from '../../program/program.ts';
import type { Scalar } from '../../program/value.ts';
import { parseIsoDay } from '../../values/date.ts';
import { parsePeriod } from '../../values/period.ts';
import type { Literal, StepTree, Text } from '../tree.ts';
import { blankType } from './blank-types.ts';
import type { ClauseDraft } from './clauses.ts';
import { type Context, find, findKind, type Of } from './context.ts';
import { decisionType } from './decisions.ts';
import { literalAs, literalOf } from './literals.ts';
import { nearestName, unknownName } from './lookup.ts';
import { fail, guarded, Stop } from './report.ts';
import { amountType, assetOf, typeText } from './types.ts';

/** What of an asset a statement can be held to, after its name: "Points used". */
export const walletStates = ['used', 'open', 'expired', 'pending', 'reversed', 'waived'] as const;

interface Components {
  readonly clauses: readonly ClauseDraft[];
  readonly settlements: readonly Settlement[];
}
type Fields = Readonly<Record<string, Scalar>>;

/** The checked example. */
export function exampleOf(context: Context, tree: Of<'example'>, components: Components): Example {
  const facts = new Map<string, { readonly revision: number; readonly fields: Fields }>();
  const steps = tree.steps.flatMap((step) => {
    const made = guarded(() => stepOf(context, step, components, facts));
    return made === null ? [] : made;
  });
  return { name: tree.name.text, at: tree.at, steps };
}

function stepOf(
  context: Context,
  step: StepTree,
  components: Components,
  facts: Map<string, { readonly revision: number; readonly fields: Fields }>,
): readonly ExampleStep[] {
  const { at } = step;
  switch (step.kind) {
    case 'has':
      return hasSteps(context, step, facts);
    case 'void': {
      const kind = findKind(context, step.subject, 'fact');
      if (kind === null) unknownName(context, step.subject, 'kind of fact');
      return [
        { kind: 'void', at, factKind: kind.id, id: step.id.text, recordedOn: dayOrNull(step.recorded) },
      ];
    }
    case 'decided': {
      const decision = findKind(context, step.decision, 'decision');
      if (decision === null) unknownName(context, step.decision, 'decision');
      const value = literalAs(context, step.value, decisionType(context, decision));
      const fact = {
        decision: decision.id,
        of: step.of.text,
        period: periodLabel(context, step.span, at),
        value,
        author: step.by?.text ?? decision.tree.decider.text,
        reason: '',
      };
      return [{ kind: 'decision', at, fact, later: step.later }];
    }
    case 'opening': {
      const asset = assetOfComponent(context, step.component, components);
      const value = literalAs(context, step.amount, amountType(asset));
      if (value.kind !== 'quantity') return [];
      const through = step.through === null ? null : day(step.through);
      const balance = {
        component: step.component.text,
        of: step.of.text,
        amount: value.value,
        on: day(step.on),
        through,
      };
      return [{ kind: 'opening', at, balance }];
    }
    case 'closed':
      return [{ kind: 'close', at, period: periodLabel(context, step.span, at) }];
    case 'with': {
      const blank = findKind(context, step.blank, 'blank');
      if (blank === null) unknownName(context, step.blank, 'blank');
      return [
        {
          kind: 'with',
          at,
          blank: blank.id,
          value: literalAs(context, step.value, blankType(context, blank.tree)),
        },
      ];
    }
    case 'as of':
      return [{ kind: 'as of', at, day: day(step.day) }];
    case 'gives':
      return [givesStep(context, step, components)];
    case 'gives nothing else':
      return [{ kind: 'gives nothing else', at }];
  }
}

function hasSteps(
  context: Context,
  step: Extract<StepTree, { kind: 'has' }>,
  facts: Map<string, { readonly revision: number; readonly fields: Fields }>,
): readonly ExampleStep[] {
  const found = find(context, step.subject.text);
  if (found === null) unknownName(context, step.subject, 'kind');
  const { declaration } = found;
  const { at, later } = step;
  if (declaration.kind === 'party') {
    const from = step.from === null ? null : day(step.from);
    const through = step.through === null ? null : day(step.through);
    return step.fields.map(({ name, value }) => {
      const known = [...declaration.fields, ...declaration.attributes];
      const field = fieldNamed(context, known, name, declaration.id);
      const scalar = literalAs(context, value, field.type);
      const fact = {
        party: declaration.id,
        of: step.id.text,
        attribute: field.name,
        value: scalar,
        from,
        through,
      };
      return { kind: 'attribute' as const, at, fact, later };
    });
  }
  if (declaration.kind !== 'fact' || declaration.fact === null) {
    fail(context.report, 'type_mismatch', step.subject.at, {
      found: declaration.id,
      expected: 'a declared kind of fact, a party or a thing',
    });
  }
  const { fact: kind } = declaration;
  const key = `${kind.id} ${step.id.text}`;
  const earlier = facts.get(key);
  const fields: Record<string, Scalar> = { ...earlier?.fields };
  for (const { name, value } of step.fields) {
    const field = fieldNamed(context, kind.fields, name, kind.id);
    fields[field.name] = literalAs(context, value, field.type);
  }
  const revision = (earlier?.revision ?? 0) + 1;
  facts.set(key, { revision, fields });
  return [
    {
      kind: 'fact',
      at,
      fact: { kind: kind.id, id: step.id.text, revision, fields },
      later,
      recordedOn: dayOrNull(step.recorded),
    },
  ];
}

function dayOrNull(iso: string | null): number | null {
  return iso === null ? null : day(iso);
}

function fieldNamed(
  context: Context,
  fields: readonly Field[],
  name: { text: string; at: Span },
  owner: string,
): Field {
  const field = fields.find((candidate) => candidate.name === name.text);
  if (field === undefined)
    unknownName(
      context,
      name,
      owner,
      fields.map((candidate) => candidate.name),
    );
  return field;
}

function day(iso: string): number {
  const parsed = parseIsoDay(iso);
  if (parsed === null) throw new Stop(); // The lexer has said that there is no such day.
  return parsed;
}

function periodLabel(context: Context, span: string, at: Span): string {
  const calendar = context.policies?.calendar;
  if (span === '' || calendar === undefined) return span;
  if (parsePeriod(calendar, span) === null)
    fail(context.report, 'example_period_unknown', at, { period: span });
  return span;
}

function givesStep(
  context: Context,
  step: Extract<StepTree, { kind: 'gives' }>,
  components: Components,
): ExampleStep {
  const amounts = step.amounts.map(({ component, amount, now }) => {
    const asset = assetOfComponent(context, component, components);
    return {
      component: component.text,
      amount: amountIn(context, amount, asset),
      asset,
      now: now === null ? null : amountIn(context, now, asset),
      at: component.at,
    };
  });
  return {
    kind: 'gives',
    at: step.at,
    payee: step.payee.text,
    period: periodLabel(context, step.span, step.at),
    amounts,
  };
}

function amountIn(
  context: Context,
  literal: Literal,
  asset: string,
): { readonly n: bigint; readonly d: bigint } {
  const typed = literalOf(context, literal);
  const isBare = literal.kind === 'number' || assetOf(typed.type) === asset;
  if (typed.value.kind !== 'quantity' || !isBare) {
    fail(context.report, 'type_mismatch', literal.at, { found: typeText(typed.type), expected: asset });
  }
  return typed.value.value;
}

/** The asset of a clause or what it holds ("Commission held"), of a settlement or its balances ("Pay owed"), or of a wallet's state ("Points used"). */
function assetOfComponent(context: Context, component: Text, { clauses, settlements }: Components): string {
  const name = component.text;
  const clause = clauses.find((candidate) => [candidate.name, `${candidate.name} held`].includes(name));
  if (clause !== undefined) return clause.asset;
  const settlement = settlements.find((one) =>
    [one.name, `${one.name} owed`, `${one.name} carried`, `${one.name} ahead`].includes(name),
  );
  if (settlement !== undefined) return settlement.asset;
  for (const state of walletStates) {
    if (!name.endsWith(` ${state}`)) continue;
    const asset = findKind(context, name.slice(0, -state.length - 1), 'asset');
    if (asset !== null) return asset.id;
  }
  const known = [...clauses, ...settlements].map((one) => one.name);
  fail(context.report, 'example_unknown_component', component.at, {
    name,
    nearest: nearestName(name, known) ?? '',
  });
}
