// SPDX-License-Identifier: Apache-2.0
// A why in the form in which it is shown, whether the service explains an amount of today or a statement holds the why
// that it was issued with.
import type { StatementBodyItem } from '@rapport/core/ledger/statement-body.ts';
import type { Explanation } from '@rapport/server/wire/explanation.ts';
import type { Amount, FactName } from '@rapport/server/wire/values.ts';
import { dayWords } from './dates.ts';

/** A figure and what it was made of. */
export interface ReasonView {
  readonly label: string;
  readonly figure: string;
  readonly fact?: FactName | null;
  readonly parts: readonly ReasonView[];
}

export interface JournalView {
  readonly asset: string;
  readonly earlier: number;
  readonly before: Amount;
  readonly rows: readonly {
    readonly day: string;
    readonly words: string;
    readonly change: Amount;
    readonly balance: Amount;
  }[];
}

export interface WhyView {
  readonly component: string;
  /** Where the sentences stand: agreement, section, days in force. */
  readonly origin: string;
  /** Those that begin with "- " are items of a list. */
  readonly sentences: readonly string[];
  readonly waiting: readonly { readonly what: string; readonly name: string; readonly of: string }[];
  readonly reasons: readonly ReasonView[];
  /** How many occasions there are beyond the reasons. */
  readonly reasonsMore: number;
  readonly amount: Amount;
  readonly held: Amount;
  readonly journal: JournalView | null;
  readonly blanks: readonly { readonly name: string; readonly figure: string }[];
  readonly attested: readonly string[];
}

interface Part {
  readonly fact: FactName | null;
  readonly reason: ReasonView;
  readonly rows: readonly ReasonView[];
}

/** A part as one tree: an occasion with its formula and its rows below, or the formula itself. */
function reasonOf({ fact, reason, rows }: Part): ReasonView {
  const label = fact === null ? reason.label : `${fact.kind} ${fact.id}`;
  if (rows.length === 0) return { ...reason, label, fact };
  return { label, figure: '', fact, parts: [reason, ...rows] };
}

export function whyOfExplanation(explanation: Explanation): WhyView {
  const { title, section, version, parts, partsMore } = explanation;
  const from = version.from === null ? '' : `, as in force from ${dayWords(version.from)}`;
  const to = version.to === null ? '' : ` until ${dayWords(version.to)}`;
  return {
    ...explanation,
    origin: `${[title, section].filter((words) => words !== '').join(' · ')}${from}${to}`,
    reasons: parts.map(reasonOf),
    reasonsMore: partsMore,
  };
}

/** The why of an item of a statement; `agreement` is its title, `whole` all that is stated of it by now. */
export function whyOfItem(item: StatementBodyItem, agreement: string, whole: Amount): WhyView {
  const { component, section, asset, why, waiting, held } = item;
  const amountOf = (amount: string) => ({ amount, asset });
  const { journal } = why;
  return {
    component,
    origin: [agreement, section].filter((words) => words !== '').join(' · '),
    sentences: why.sentences,
    waiting,
    reasons: why.parts.map(reasonOf),
    reasonsMore: why.partsMore,
    amount: whole,
    held: amountOf(held),
    journal:
      journal === null
        ? null
        : {
            asset: journal.asset,
            earlier: journal.earlier,
            before: { amount: journal.before, asset: journal.asset },
            rows: journal.rows.map(({ day, words, change, balance }) => ({
              ...{ day, words },
              change: { amount: change, asset: journal.asset },
              balance: { amount: balance, asset: journal.asset },
            })),
          },
    blanks: why.blanks,
    attested: why.attested,
  };
}
