// SPDX-License-Identifier: Apache-2.0
// Why a line is what it is, by now: the clause in words, the tree of figures, the rows, the deals. Also why a clause gives
// nothing. What an issued statement says of its lines stands in the statement itself.

import { assetOf } from '@rapport/core/explain/figures.ts';
import { namer } from '@rapport/core/explain/named.ts';
import type { Reason } from '@rapport/core/explain/reason.ts';
import { dealsOf } from '@rapport/core/explain/statement-deals.ts';
import { explainer } from '@rapport/core/explain/why.ts';
import type { Entitlement } from '@rapport/core/program/entitlement.ts';
import { amountText } from '@rapport/core/values/asset.ts';
import { isoDay } from '@rapport/core/values/date.ts';
import { rationalText } from '@rapport/core/values/rational.ts';
import type { Caller } from '../access/caller.ts';
import type { GivenAnswerOf } from '../wire/endpoint.ts';
import type * as wire from '../wire/explanation.ts';
import type { Context } from './context.ts';
import { namesIn } from './found-statement.ts';
import { booksOfPayee } from './of-payee.ts';
import { done, type Outcome, refused } from './outcome.ts';
import { shownLine } from './shown-statement.ts';

export interface ExplainLine {
  readonly agreement: string;
  readonly payee: string;
  readonly clause: string;
  /** Label of the earned period; "" for none. */
  readonly period: string;
  /** Only the part that this fact bears is taken apart; the amount stays that of the whole line. */
  readonly kind?: string | undefined;
  readonly fact?: string | undefined;
}

export async function explainLine(
  context: Context,
  caller: Caller,
  asked: ExplainLine,
): Promise<Outcome<GivenAnswerOf<typeof wire.explainLine>>> {
  const { agreement, payee, clause, period } = asked;
  const found = await booksOfPayee(context, caller, 'statements.read', asked);
  if (found.kind === 'refused') return found;
  const { versions, known, entitlements, name } = found.value;
  const explanation = explainer(versions, known, { entitlements: borneBy(entitlements, asked) })(asked);
  if (explanation === null) return refused('line_unknown', { agreement, payee, clause, period });
  const { program } = versions.at(-1)!;
  const asset = assetOf(program, explanation.asset);
  const amount = (minor: bigint) => ({ amount: amountText(minor, asset), asset: explanation.asset });
  const names = await namesIn(context, caller, explanation);
  const named = namer(names);
  const deals = dealsOf(program, known);
  const reason = ({ label, figure, exact, fact, parts }: Reason): wire.Reason => ({
    label: named(label),
    figure: named(figure),
    exact: exact === null ? null : rationalText(exact),
    fact: fact === null ? null : { ...fact },
    parts: parts.map(reason),
  });
  const { journal, version } = explanation;
  return done({
    agreement,
    payee,
    payeeName: name,
    title: explanation.agreement,
    clause: explanation.clause,
    component: explanation.component,
    period: explanation.period,
    section: explanation.section,
    version: { from: dayText(version.from), to: dayText(version.to) },
    sentences: explanation.sentences.map(named),
    parts: explanation.parts.map((part) => ({
      fact: part.fact === null ? null : { ...part.fact },
      reason: reason(part.reason),
      rows: part.rows.map(reason),
      exact: part.exact === null ? null : rationalText(part.exact),
    })),
    partsMore: explanation.partsMore,
    journal:
      journal === null
        ? null
        : {
            asset: journal.asset,
            owner: named(journal.owner),
            earlier: journal.earlier,
            before: amount(journal.before),
            rows: journal.rows.map(({ day, words, change, balance }) => ({
              day: isoDay(day),
              words: named(words),
              change: amount(change),
              balance: amount(balance),
            })),
          },
    lines: explanation.lines.map(({ fact, note, amount: minor, fields, slices }) => {
      const line = {
        ...{ fact, note, slices },
        amount: amountText(minor, asset),
        on: fact === null ? null : deals.countsOn(fact),
        basis: fact === null ? null : deals.basis(fact),
        fields: fact === null ? [] : deals.fields(fact),
        linked: [],
      };
      return {
        ...shownLine(line, explanation.asset, { named, payee, names }),
        fields: fields.map((field) => ({ name: field.name, figure: named(field.figure) })),
      };
    }),
    blanks: explanation.blanks.map((blank) => ({ ...blank })),
    attested: [...explanation.attested],
    exact: rationalText(explanation.exact),
    amount: amount(explanation.amount),
    held: amount(explanation.held),
    state: explanation.state === 'final' ? 'earned' : explanation.state,
    waiting: explanation.waiting.map(({ what, name: of, of: whose }) => ({
      what,
      name: of,
      of: named(whose),
    })),
  });
}

/** With the lines of one fact alone, where one is asked for. */
function borneBy(
  entitlements: readonly Entitlement[],
  { kind, fact }: Pick<ExplainLine, 'kind' | 'fact'>,
): readonly Entitlement[] {
  if (kind === undefined || fact === undefined) return entitlements;
  return entitlements.map((one) => ({
    ...one,
    lines: one.lines.filter((line) => line.fact?.kind === kind && line.fact.id === fact),
  }));
}

function dayText(day: number | null): string | null {
  return day === null ? null : isoDay(day);
}
