// SPDX-License-Identifier: Apache-2.0
// What a writer, a replay or an audit reads beside the log itself: programs of versions, activations, and what was posted
// and issued to a payee before a place in the log.

import { compile } from '@rapport/core/language/compile.ts';
import type { PostedTotal } from '@rapport/core/ledger/differences.ts';
import type { Program } from '@rapport/core/program/program.ts';
import { readVersion } from '../store/agreement-rows.ts';
import { entryOfText, type LogEntry } from '../store/log-entry.ts';
import { entriesOfKind } from '../store/log-rows.ts';
import type { Store } from '../store/open.ts';
import { postedByTransfers } from '../store/posted-rows.ts';
import { readEarlierStatements, readPostings } from '../store/posting-rows.ts';
import { type TransferPlace, transfersAfter } from '../store/transfer-rows.ts';
import type { IssuedBefore } from './issuing.ts';

export type Activation = LogEntry & { readonly kind: 'version' };
/** The checked program of a version; null where there is no such version. */
export type ProgramOf = (agreement: string, version: number) => Promise<Program | null>;

export interface LedgerReads {
  readonly programOf: ProgramOf;
  /** The entries that activated versions, oldest first. */
  readonly activations: () => Promise<readonly Activation[]>;
  /** Below the sequence `before`; everything without it. */
  readonly issuedBefore: (agreement: string, payee: string, before?: number) => Promise<IssuedBefore>;
  /** What the transfers of an agreement add up to, by key. */
  readonly postedIn: (agreement: string) => Promise<readonly PostedTotal[]>;
  /** The transfers of entries from this sequence on that are written, as `sequence ordinal`. */
  readonly transfersFrom: (sequence: number) => Promise<ReadonlySet<string>>;
}

const pageRows = 5_000;

export function ledgerReads(store: Store, workspace: number): LedgerReads {
  return {
    programOf: programsFrom(store, workspace),
    activations: () =>
      store.within(workspace, async (scope) => {
        const rows = await entriesOfKind(scope, { kind: 'version' });
        return rows.map(({ body }) => entryOfText(body) as Activation);
      }),
    issuedBefore: (agreement, payee, before = Number.MAX_SAFE_INTEGER) =>
      store.within(workspace, async (scope) => ({
        postings: await readPostings(scope, { agreement, payee, before }),
        earlier: await readEarlierStatements(scope, { agreement, payee, before }),
      })),
    postedIn: (agreement) => store.within(workspace, (scope) => postedByTransfers(scope, agreement)),
    transfersFrom: async (first) => {
      const found = new Set<string>();
      for (let after: TransferPlace = { sequence: first - 1, ordinal: Number.MAX_SAFE_INTEGER }; ; ) {
        const from = after;
        const page = await store.within(workspace, (scope) =>
          transfersAfter(scope, { after: from, limit: pageRows }),
        );
        for (const { sequence, ordinal } of page) found.add(`${sequence} ${ordinal}`);
        if (page.length < pageRows) return found;
        after = page.at(-1)!;
      }
    },
  };
}

/** Reads texts of versions and compiles each once. */
function programsFrom(store: Store, workspace: number): ProgramOf {
  const known = new Map<string, Program>();
  return async (agreement, version) => {
    const name = JSON.stringify([agreement, version]);
    const before = known.get(name);
    if (before !== undefined) return before;
    const found = await store.within(workspace, (scope) => readVersion(scope, { agreement, version }));
    if (found === null) return null;
    const { program } = compile(found.text, `${agreement} ${version}`);
    if (program !== null) known.set(name, program);
    return program;
  };
}
