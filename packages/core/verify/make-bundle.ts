// SPDX-License-Identifier: Apache-2.0
// Makes a bundle: tries to recompute the statement from what concerns the payee alone, and attests what does not come out
// the same. So whatever a bundle calls recomputable has been recomputed once already, by the one who signs it.

import { foreignRead } from '../explain/reading-clause.ts';
import { voiceOf } from '../explain/voice.ts';
import { keyText } from '../ledger/differences.ts';
import type { StatementBody, StatementBodyItem } from '../ledger/statement-body.ts';
import type { Entitlement } from '../program/entitlement.ts';
import type { SettledThrough } from '../program/log.ts';
import type { Program, Version } from '../program/program.ts';
import { hex, utf8 } from '../proof/bytes.ts';
import { sha256 } from '../proof/sha256.ts';
import { parseAmountText } from '../values/asset.ts';
import { type Attested, type Bundle, type BundleEntry, bundleFormat } from './bundle.ts';
import { beforeProblems, itemProblems, keyOf } from './judge.ts';
import type { LogEntry } from './log-entry.ts';
import { bundleMessage } from './messages-signed.ts';
import { type Recomputing, recomputed } from './recompute.ts';

export interface BundleSource
  extends Pick<Bundle, 'workspace' | 'agreement' | 'versions' | 'opened' | 'checkpoint' | 'publicKey'> {
  readonly statement: { readonly sequence: number; readonly body: string };
  /** What concerns the payee, through the issue of the statement, each with its entry. */
  readonly entries: readonly (BundleEntry & { readonly entry: LogEntry })[];
  /** The versions compiled, the newest last. */
  readonly programs: readonly Version[];
  /** What the payee is entitled to by the books now: what flows into settlements. */
  readonly entitled: readonly Entitlement[];
  readonly settled: readonly SettledThrough[];
  readonly sign: (message: Uint8Array) => Uint8Array;
}

export function makeBundle(source: BundleSource): Bundle {
  const { workspace, agreement, versions, opened, checkpoint, publicKey, statement, sign } = source;
  const body = JSON.parse(statement.body) as StatementBody;
  const unsigned: Omit<Bundle, 'signature'> = {
    format: bundleFormat,
    ...{ workspace, agreement, versions },
    statement: { ...statement, hash: hex(sha256(utf8(statement.body))) },
    entries: source.entries.map(({ sequence, text, proof }) => ({ sequence, text, proof })),
    attested: attestedOf(source, body),
    ...{ opened, checkpoint, publicKey },
  };
  return { ...unsigned, signature: hex(sign(bundleMessage(unsigned))) };
}

type Recompute = Omit<Recomputing, 'attested'>;

function attestedOf({ programs, entries, entitled, settled }: BundleSource, body: StatementBody): Attested {
  const { payee } = body;
  const recompute: Recompute = { versions: programs, payee, entries };
  const program = programs.at(-1)!.program;
  const isSettlement = (clause: string) =>
    program.settlements.some(({ id }) => clause === id || clause.startsWith(`${id}/`));
  const nothing: Attested = { entitlements: [], settled: [], before: [] };
  const own = recomputed({ ...recompute, attested: nothing }, body.recorded);
  const wrong = body.items.filter(
    (item) => !isSettlement(item.clause) && itemProblems(item, own.get(keyOf(item, payee)), false).length > 0,
  );
  const flowing = body.items.some(({ clause }) => isSettlement(clause))
    ? inflows(program, own, entitled).filter(
        ({ clause, period }) => !wrong.some((item) => item.clause === clause && item.earned === period),
      )
    : [];
  const first: Attested = {
    ...nothing,
    entitlements: [...wrong.map((item) => fromItem(program, item)), ...flowing],
  };
  const settledFirst = withSettlements(first, body, recompute, program, settled, isSettlement);
  const before = body.items
    .filter(
      (item) => beforeProblems({ ...recompute, attested: settledFirst }, body, item, settledFirst).length > 0,
    )
    .map(({ clause, earned: period, asset }) => ({ clause, period, asset }));
  return { ...settledFirst, before };
}

/** What flows into settlements and does not come out the same, as the books have it. */
function inflows(
  program: Program,
  own: ReadonlyMap<string, Entitlement>,
  entitled: readonly Entitlement[],
): Attested['entitlements'] {
  const from = new Set(program.settlements.flatMap((settlement) => settlement.from));
  const books = new Map(entitled.map((one) => [keyText(one), one]));
  const keys = new Map([...own, ...books]);
  return [...keys].flatMap(([key, { clause, component, period, asset }]) => {
    const amount = books.get(key)?.amount ?? 0n;
    const held = books.get(key)?.held ?? 0n;
    if (!from.has(clause) || (own.get(key)?.amount ?? 0n) === amount) return [];
    const because = becauseOf(program, clause);
    return [{ clause, component, period, asset, amount: `${amount}`, held: `${held}`, because }];
  });
}

/** Settlements as they come out; over balances settled before where they must; attested where nothing else helps. */
function withSettlements(
  attested: Attested,
  body: StatementBody,
  recompute: Recompute,
  program: Program,
  settled: readonly SettledThrough[],
  isSettlement: (clause: string) => boolean,
): Attested {
  const wrongUnder = (given: Attested): readonly StatementBodyItem[] => {
    const found = recomputed({ ...recompute, attested: given }, body.recorded);
    return body.items.filter(
      (item) =>
        isSettlement(item.clause) && itemProblems(item, found.get(keyOf(item, body.payee)), false).length > 0,
    );
  };
  if (wrongUnder(attested).length === 0) return attested;
  const before = settled.flatMap(({ settlement, through, payees }) =>
    payees
      .filter(({ of }) => of === body.payee)
      .map(({ due, debt, carried }) => ({
        ...{ settlement, through },
        ...{ due: `${due}`, debt: `${debt}`, carried: `${carried}` },
      })),
  );
  const over = { ...attested, settled: before };
  const wrong = wrongUnder(over);
  return { ...over, entitlements: [...over.entitlements, ...wrong.map((item) => fromItem(program, item))] };
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
  return ['what the books had settled by then'];
}
