// SPDX-License-Identifier: Apache-2.0
// Agreements, read: the list, one with its versions, and the document of a version with a reading under each formula.
// Who is a party sees the agreements that pay their kind.

import { readClause } from '@rapport/core/explain/reading-clause.ts';
import { readDocument } from '@rapport/core/explain/reading-document.ts';
import { clauseHashes } from '@rapport/core/proof/clause-hash.ts';
import type { Caller } from '../access/caller.ts';
import { partiesWithin } from '../access/may.ts';
import { readVersion } from '../store/agreement-rows.ts';
import type { Scope } from '../store/open.ts';
import { findParties } from '../store/party-rows.ts';
import type { Agreement } from '../wire/agreements.ts';
import { agreementViews } from './agreement-view.ts';
import { localDay } from './begin-days.ts';
import { type CompiledText, compiledAnswer, compileText } from './compiled-text.ts';
import type { Context } from './context.ts';
import { done, type Outcome, refused } from './outcome.ts';

export async function listAgreements(context: Context, caller: Caller) {
  return done({ items: await visible(context, caller) });
}

export async function readAgreement(
  context: Context,
  caller: Caller,
  { agreement }: { readonly agreement: string },
): Promise<Outcome<Agreement>> {
  const [found] = await visible(context, caller, agreement);
  return found === undefined ? refused('agreement_unknown', { agreement }) : done(found);
}

/** The agreements that the caller may see. */
async function visible(context: Context, caller: Caller, name?: string): Promise<readonly Agreement[]> {
  const { workspace } = caller;
  const active = (await context.writers.of(workspace)).declared();
  const today = localDay(context.clock(), 'UTC');
  const within = partiesWithin(caller, 'agreements.read');
  return context.store.within(workspace, async (scope) => {
    const found = await agreementViews(scope, active, today, name);
    if (within === 'all') return found;
    const kinds = await kindsOf(scope, within);
    return found.filter(({ agreement }) =>
      (active.get(agreement) ?? []).some(({ program }) => program.parties.some(({ id }) => kinds.has(id))),
    );
  });
}

async function kindsOf(scope: Scope, parties: readonly string[]): Promise<ReadonlySet<string>> {
  return new Set((await findParties(scope, parties)).map(({ kind }) => kind));
}

export async function readAgreementDocument(
  context: Context,
  caller: Caller,
  { agreement, version }: { readonly agreement: string; readonly version: number },
) {
  const found = await readAgreement(context, caller, { agreement });
  if (found.kind === 'refused') return found;
  const summary = found.value.versions.find((one) => one.version === version);
  const row = await context.store.within(caller.workspace, (scope) =>
    readVersion(scope, { agreement, version }),
  );
  if (summary === undefined || row === null)
    return refused('version_unknown', { agreement, version: `${version}` });
  const compiled = compileText(row.text);
  return done({
    ...summary,
    title: found.value.title,
    text: row.text,
    document: compiled.program === null ? row.text : readDocument(compiled.tree, compiled.program),
    ...contentsOf(compiled, row.text),
    compiled: compiledAnswer(compiled),
  });
}

function contentsOf({ program }: CompiledText, text: string) {
  if (program === null) return { clauses: [], blanks: [] };
  const hashes = clauseHashes(program, text);
  return {
    clauses: program.clauses.map((clause) => {
      const { meaning = '', wording = '' } = hashes.find((one) => one.clause === clause.id) ?? {};
      return {
        clause: clause.id,
        component: clause.name,
        section: clause.section,
        sentences: readClause(program, clause),
        meaningHash: meaning,
        wordingHash: wording,
      };
    }),
    blanks: program.blanks.map(({ id, value, text: given, section }) => {
      return { name: id, value: value === null ? null : given, section };
    }),
  };
}
