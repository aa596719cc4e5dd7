// SPDX-License-Identifier: Apache-2.0
// One item of a statement: what was posted for a component, why, by which facts, and what it restates. A late fact in a
// period accounted before is one item with its net effect; the lines that moved with it are folded beneath.

import { keyText } from '../ledger/differences.ts';
import type { Posting } from '../ledger/posting.ts';
import type { BookRules } from '../ledger/roles.ts';
import type { placeIn, Statement, StatementItem } from '../ledger/statement.ts';
import type {
  CauseShown,
  Restatement,
  StatementBody,
  StatementBodyItem,
  StatementBodyLine,
  Why,
  WhyNode,
} from '../ledger/statement-body.ts';
import type { Entitlement, Key } from '../program/entitlement.ts';
import type { Program } from '../program/program.ts';
import { amountText, parseAmountText } from '../values/asset.ts';
import { isoDay } from '../values/date.ts';
import { parsePeriod } from '../values/period.ts';
import { assetOf } from './figures.ts';
import { foreignRead } from './reading-clause.ts';
import type { Reason } from './reason.ts';
import type { AwaitedFeed } from './statement-body.ts';
import type { Deals } from './statement-deals.ts';
import { voiceOf } from './voice.ts';
import type { Explain, Explanation } from './why.ts';

export interface ItemContext {
  readonly program: Program;
  readonly rules: BookRules;
  readonly explain: Explain;
  readonly deals: Deals;
  readonly place: ReturnType<typeof placeIn>;
  readonly statement: Statement;
  readonly awaited: readonly AwaitedFeed[];
  /** Of the payee. */
  readonly entitled: readonly Entitlement[];
}

type BodyItem = StatementBodyItem & { readonly changed: Restatement | null };

export function itemOf(
  context: ItemContext,
  item: StatementItem,
  postings: readonly Posting[],
  earlier: readonly StatementBody[],
): BodyItem {
  const { program, rules, deals, place, statement } = context;
  const { clause, component, period: earned, asset, due, dueBefore } = item;
  const key = keyText(item);
  const decimal = (minor: bigint) => amountText(minor, assetOf(program, asset));
  const entitlement = context.entitled.find((one) => keyText(one) === key);
  const { section, why, lines } = toldOf(context, item);
  const role = rules.roleOf(item).kind;
  if (role === 'shown') throw new RangeError(`${clause} is only shown, and posted all the same.`);
  const restated = (before: bigint, after: bigint, causes: readonly CauseShown[], old: StatementBody[]) =>
    restatement({ before, after, causes, lines, old: linesIn(old, item), decimal });
  const own = postings.filter((posting) => keyText(posting) === key);
  const here = own.filter(({ accounting }) => place(accounting) === 'here');
  const change = statement.changes.find((one) => keyText(one) === key);
  const causes = (from: readonly Posting[]) =>
    from.flatMap((posting) =>
      posting.causes.map((cause) => deals.cause({ ...cause, recorded: posting.recorded })),
    );
  const others = earlier.filter(({ period }) => period.label !== statement.period);
  return {
    ...{ clause, component, asset, role },
    section,
    earned,
    due: decimal(due),
    before: decimal(dueBefore),
    held: decimal(entitlement?.held ?? 0n),
    standing:
      entitlement?.state === 'provisional' || isAwaited(context, clause, earned) ? 'provisional' : 'earned',
    waiting: entitlement?.waiting ?? [],
    why,
    lines,
    restates: item.isAdjustment ? restated(dueBefore, dueBefore + due, causes(here), others) : null,
    changed:
      change === undefined
        ? null
        : restated(dueBefore + change.before, dueBefore + change.after, change.causes.map(deals.cause), [
            ...earlier,
          ]),
  };
}

/** Whether a feed still owes something through the period in which it was earned. */
function isAwaited({ awaited, rules }: ItemContext, clause: string, earned: string): boolean {
  const end = parsePeriod(rules.calendar, earned)?.end ?? null;
  return awaited.some(
    ({ through, isOf }) => (through === null || end === null || through < end) && isOf(clause),
  );
}

/** What is told of an amount: where it stands in the agreement, why, and by which facts with their fields and slices. */
export function toldOf(
  { program, explain, deals }: Pick<ItemContext, 'program' | 'explain' | 'deals'>,
  { lines, ...key }: Key & Pick<Entitlement, 'lines'>,
): Pick<StatementBodyItem, 'section' | 'why' | 'lines'> {
  const decimal = (minor: bigint) => amountText(minor, assetOf(program, key.asset));
  const explanation = explain(key);
  return {
    section: explanation?.section ?? '',
    why: whyOf(program, explanation, decimal),
    lines: lines.map(
      ({ fact, note, amount }, index): StatementBodyLine => ({
        ...{ fact, note },
        amount: decimal(amount),
        on: fact === null ? null : deals.countsOn(fact),
        basis: fact === null ? null : deals.basis(fact),
        fields: fact === null ? [] : deals.fields(fact),
        linked: fact === null ? [] : deals.linked(fact),
        slices: explanation?.lines[index]?.slices ?? [],
      }),
    ),
  };
}

/** The lines of the item in the latest statement that has it; null where none has. */
function linesIn(
  earlier: readonly StatementBody[],
  item: StatementItem,
): readonly StatementBodyLine[] | null {
  for (const body of earlier.toReversed()) {
    const found = body.items.find(
      (one) => one.clause === item.clause && one.earned === item.period && one.asset === item.asset,
    );
    if (found !== undefined) return found.lines;
  }
  return null;
}

function restatement({
  before,
  after,
  causes,
  lines,
  old,
  decimal,
}: {
  readonly before: bigint;
  readonly after: bigint;
  readonly causes: readonly CauseShown[];
  readonly lines: readonly StatementBodyLine[];
  readonly old: readonly StatementBodyLine[] | null;
  readonly decimal: (minor: bigint) => string;
}): Restatement {
  const was = summed(old ?? []);
  const is = summed(lines);
  const keys = new Set([...is.keys(), ...was.keys()]);
  const moved =
    old === null
      ? []
      : [...keys].flatMap((key) => {
          const [a, b] = [was.get(key), is.get(key)];
          const [from, to] = [a?.sum ?? 0n, b?.sum ?? 0n];
          const { fact, note } = (b ?? a)!.line;
          return from === to
            ? []
            : [{ fact, note, before: decimal(from), after: decimal(to), change: decimal(to - from) }];
        });
  return {
    before: decimal(before),
    after: decimal(after),
    causes: distinct(causes),
    moved,
    isMovedKnown: old !== null,
  };
}

/** Lines of one fact and note added up. */
function summed(
  lines: readonly StatementBodyLine[],
): Map<string, { readonly line: StatementBodyLine; readonly sum: bigint }> {
  const sums = new Map<string, { readonly line: StatementBodyLine; readonly sum: bigint }>();
  for (const line of lines) {
    const key = JSON.stringify([line.fact?.kind ?? '', line.fact?.id ?? '', line.note]);
    sums.set(key, { line, sum: (sums.get(key)?.sum ?? 0n) + parseAmountText(line.amount) });
  }
  return sums;
}

function distinct(causes: readonly CauseShown[]): readonly CauseShown[] {
  return [...new Map(causes.map((cause) => [`${cause.sequence} ${cause.kind} ${cause.id}`, cause])).values()];
}

/** An explanation as plain data; of what is no longer entitled there is nothing to say. */
export function whyOf(
  program: Program,
  explanation: Explanation | null,
  decimal: (minor: bigint) => string,
): Why {
  if (explanation === null)
    return { sentences: [], parts: [], partsMore: 0, blanks: [], attested: [], journal: null };
  const { sentences, parts, partsMore, blanks, attested, journal } = explanation;
  return {
    ...{ sentences, partsMore, blanks },
    attested: attested.map((read) => foreignRead(voiceOf(program), read)),
    parts: parts.map(({ fact, reason, rows }) => ({ fact, reason: nodeOf(reason), rows: rows.map(nodeOf) })),
    journal:
      journal === null
        ? null
        : {
            asset: journal.asset,
            owner: journal.owner,
            earlier: journal.earlier,
            before: decimal(journal.before),
            rows: journal.rows.map(({ day, words, change, balance }) => ({
              day: isoDay(day),
              words,
              change: decimal(change),
              balance: decimal(balance),
            })),
          },
  };
}

function nodeOf({ label, figure, parts }: Reason): WhyNode {
  return { label, figure, parts: parts.map(nodeOf) };
}
