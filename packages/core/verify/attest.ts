// SPDX-License-Identifier: Apache-2.0
// What a bundle must attest: the statement is recomputed from what concerns the payee alone, and where it does not come
// out the same, the least is given that helps. First single values about others, then what a clause gives before its
// rows, last an amount as a whole. Whatever a bundle calls recomputed has been recomputed once already.

import { allOf } from '../engine/reference/asked.ts';
import { evaluate } from '../engine/reference/evaluate.ts';
import { foreignRead } from '../explain/reading-clause.ts';
import { voiceOf } from '../explain/voice.ts';
import { keyText } from '../ledger/differences.ts';
import type { StatementBody, StatementBodyItem } from '../ledger/statement-body.ts';
import type { SettledThrough } from '../program/log.ts';
import type { Program, Version } from '../program/program.ts';
import type { Promised } from '../program/promise.ts';
import { parseAmountText } from '../values/asset.ts';
import { attestedPromises } from './attested-promises.ts';
import { type AttestedValue, givenFrom } from './attested-value.ts';
import type { Attested, AttestedKey } from './bundle.ts';
import { type Everybody, everybodyIn, witness } from './full-log.ts';
import { amountProblems, beforeProblems, differingBalances, isSameLines } from './judge.ts';
import {
  isOfSettlement,
  keyOf,
  knownThrough,
  type Recomputed,
  type Recomputing,
  recomputer,
  type Sequenced,
} from './recompute.ts';
import { differingTold } from './told.ts';

export interface AttestSource {
  readonly body: StatementBody;
  /** The versions compiled, the newest last. */
  readonly programs: readonly Version[];
  /** What concerns the payee, through the issue of the statement. */
  readonly entries: readonly Sequenced[];
  /** The log through the issue of the statement; of it only what agreements are evaluated over. */
  readonly everything: readonly Sequenced[];
  readonly settled: readonly SettledThrough[];
  /** What the books had promised the payee by then. */
  readonly promised: Promised;
}

export const nothingAttested: Attested = {
  values: [],
  promised: null,
  entitlements: [],
  settled: [],
  before: [],
  balances: [],
  lines: [],
  told: [],
};

/** Whether the statement needs more than what concerns the payee: then whoever attests needs the whole log. */
export function restsOnOthers(source: Omit<AttestSource, 'everything'>): boolean {
  const { values, entitlements } = attestedOf({ ...source, everything: source.entries });
  return values.length + entitlements.length > 0;
}

/** The least that has to be signed beside the entries. */
export function attestedOf(given: AttestSource): Attested {
  const source = { ...given, everybody: everybodyOf(given) };
  const { body } = source;
  const { program } = source.programs.at(-1)!;
  const isSettlement = ({ clause }: StatementBodyItem) =>
    program.settlements.some(({ id }) => isOfSettlement(clause, id));
  const items = body.items.filter((item) => !isSettlement(item));
  let trial = trialOf(source, { attested: nothingAttested, whole: new Set() });
  let wrong = wrongAmounts(trial, items);
  // The entries alone may give other uses, or nothing of what is kept: what was promised helps, or is left out.
  const off = wrong.length + otherLines(trial, items).length;
  if (off > 0) {
    const promised = attestedPromises(source.promised);
    const other = trialOf(source, { ...trial, attested: { ...nothingAttested, promised } });
    const still = wrongAmounts(other, items);
    if (still.length + otherLines(other, items).length < off) [trial, wrong] = [other, still];
  }
  if (wrong.length > 0) {
    const other = trialOf(source, { ...trial, whole: new Set(wrong.map(({ clause }) => clause)) });
    const still = wrongAmounts(other, items);
    const helped = wrong.filter((item) => !still.includes(item)).map(({ clause }) => clause);
    trial = trialOf(source, { ...trial, whole: new Set(helped) });
    wrong = still;
  }
  const entitlements = [
    ...wrong.map((item) => fromItem(program, item)),
    ...(body.items.some(isSettlement) ? inflows(source, trial, wrong) : []),
  ];
  trial = trialOf(source, { ...trial, attested: { ...trial.attested, entitlements } });
  trial = withSettlements(source, trial, body.items.filter(isSettlement));
  return withSigned(source, trial);
}

/** What is tried: what is signed so far, and the clauses whose amount before the rows is given. */
interface Attempt {
  readonly attested: Attested;
  readonly whole: ReadonlySet<string>;
}

/** An attempt, recomputed with the answers of the whole log; those that were asked for are in `values`. */
interface Trial extends Attempt {
  readonly recomputing: Recomputing;
  readonly at: (through: number) => Recomputed;
  readonly values: () => readonly AttestedValue[];
}

type Source = AttestSource & { readonly everybody: Everybody };

function everybodyOf({ programs: versions, body, everything: entries }: AttestSource): Everybody {
  return everybodyIn(versions, (through) =>
    knownThrough({ versions, body, entries, attested: nothingAttested }, through),
  );
}

function trialOf(
  { programs: versions, body, entries, everybody }: Source,
  { attested, whole }: Attempt,
): Trial {
  const isGivenWhole = (clause: string) => whole.has(clause);
  const { given, values } = witness({ everybody, payee: body.payee, isGivenWhole });
  const recomputing: Recomputing = { versions, body, entries, attested, given };
  return { attested, whole, recomputing, values, at: recomputer(recomputing) };
}

/** The items whose amount, or what of it is held, does not come out the same. */
function wrongAmounts(
  { recomputing, at }: Trial,
  items: readonly StatementBodyItem[],
): readonly StatementBodyItem[] {
  return items.filter((item) => amountProblems(recomputing, at, item).length > 0);
}

/** The items whose lines do not come out the same. */
function otherLines(
  { recomputing: { body }, at }: Trial,
  items: readonly StatementBodyItem[],
): readonly StatementBodyItem[] {
  const { entitlements } = at(body.recorded);
  return items.filter((item) => !isSameLines(item, entitlements.get(keyOf(item, body.payee))));
}

/** What flows into settlements and does not come out the same as by the whole log. */
function inflows(
  source: Source,
  trial: Trial,
  wrong: readonly StatementBodyItem[],
): Attested['entitlements'] {
  const { body, programs, everything } = source;
  const { program } = programs.at(-1)!;
  const from = new Set(program.settlements.flatMap((settlement) => settlement.from));
  const own = trial.at(body.recorded).entitlements;
  const known = knownThrough(
    { versions: programs, body, entries: everything, attested: trial.attested },
    body.recorded,
  );
  const all = known === null ? [] : evaluate(programs, known, allOf(body.payee)).entitlements;
  const full = new Map(all.map((one) => [keyText(one), one]));
  const keys = new Map([...own, ...full]);
  return [...keys].flatMap(([key, { clause, component, period, asset }]) => {
    const amount = full.get(key)?.amount ?? 0n;
    const held = full.get(key)?.held ?? 0n;
    if (!from.has(clause) || (own.get(key)?.amount ?? 0n) === amount) return [];
    if (wrong.some((item) => item.clause === clause && item.earned === period)) return [];
    const because = becauseOf(program, clause);
    return [{ clause, component, period, asset, amount: `${amount}`, held: `${held}`, because }];
  });
}

/** Settlements as they come out; over balances settled before where they must; attested where nothing else helps. */
function withSettlements(source: Source, trial: Trial, items: readonly StatementBodyItem[]): Trial {
  const { body, programs, settled } = source;
  if (wrongAmounts(trial, items).length === 0) return trial;
  const before = settled.flatMap(({ settlement, through, payees }) =>
    payees
      .filter(({ of }) => of === body.payee)
      .map(({ due, debt, carried }) => ({
        ...{ settlement, through },
        ...{ due: `${due}`, debt: `${debt}`, carried: `${carried}` },
      })),
  );
  const over = trialOf(source, { ...trial, attested: { ...trial.attested, settled: before } });
  const whole = wrongAmounts(over, items).map((item) => fromItem(programs.at(-1)!.program, item));
  const entitlements = [...over.attested.entitlements, ...whole];
  return trialOf(source, { ...over, attested: { ...over.attested, entitlements } });
}

/** The values that were asked for on the way, and what beside the amounts is only signed: what was before, lines, words. */
function withSigned(source: Source, attempt: Attempt): Attested {
  const { body, programs: versions, entries } = source;
  const trial = trialOf(source, attempt);
  const { at } = trial;
  const isRecomputed = (item: StatementBodyItem) =>
    !attempt.attested.entitlements.some((one) => isOf(item, one));
  const items = body.items.filter(isRecomputed);
  // Every value that the amounts ask for is asked for once more, and kept.
  wrongAmounts(trial, body.items);
  const before = items.filter((item) => beforeProblems(at, body, item, attempt.attested).length > 0);
  const lines = otherLines(trial, items);
  const attested: Attested = {
    ...attempt.attested,
    values: trial.values(),
    before: before.map(keyOfItem),
    balances: differingBalances(at(body.recorded), body),
    lines: lines.map(keyOfItem),
  };
  const given = (through: number) => givenFrom(attested.values, { payee: body.payee, through });
  const telling: Recomputing = { versions, body, entries, attested, given };
  return { ...attested, told: differingTold(telling) };
}

function isOf(item: StatementBodyItem, { clause, period, asset }: AttestedKey): boolean {
  return item.clause === clause && item.earned === period && item.asset === asset;
}

export function keyOfItem({ clause, earned: period, asset }: StatementBodyItem): AttestedKey {
  return { clause, period, asset };
}

function fromItem(program: Program, item: StatementBodyItem): Attested['entitlements'][number] {
  const { clause, component, earned: period, asset, due, before, held } = item;
  return {
    ...{ clause, component, period, asset },
    amount: `${parseAmountText(before) + parseAmountText(due)}`,
    held: `${parseAmountText(held)}`,
    because: becauseOf(program, clause),
  };
}

function becauseOf(program: Program, id: string): readonly string[] {
  const clause = program.clauses.find((one) => one.id === id);
  const reads = clause?.foreignReads ?? [];
  if (reads.length > 0) return reads.map((read) => foreignRead(voiceOf(program), read));
  return [clause === undefined ? 'what the books had settled by then' : 'facts that do not name this payee'];
}
