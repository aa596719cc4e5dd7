// SPDX-License-Identifier: Apache-2.0
// Balances brought in from before: points that members hold, what is owed from earlier draws, what was carried. Each
// component of a party is brought in once for a day.
import type { Program } from '@rapport/core/program/program.ts';
import { isoDay, parseIsoDay } from '@rapport/core/values/date.ts';
import { formatDecimal, parseDecimal } from '@rapport/core/values/rational.ts';
import type { Caller } from '../access/caller.ts';
import { recordAudit } from '../store/audit-rows.ts';
import { entryOfText } from '../store/log-entry.ts';
import { entriesOfKind } from '../store/log-rows.ts';
import { findParties } from '../store/party-rows.ts';
import type { Amount } from '../wire/values.ts';
import type { Submitted } from '../writer/writing.ts';
import { dayText } from './agreement-view.ts';
import type { Context } from './context.ts';
import { done, type Refusal, refusal, refusalOf, refused } from './outcome.ts';
import { denied } from './permit.ts';
import { namesFor } from './personal-names.ts';

export interface GivenBalance {
  readonly component: string;
  readonly party: string;
  readonly amount: Amount | string;
  readonly on: string;
  readonly through: string | null;
}

export async function setOpeningBalances(
  context: Context,
  caller: Caller,
  { agreement, balances }: { readonly agreement: string; readonly balances: readonly GivenBalance[] },
) {
  const no = denied(caller, 'openings.record');
  if (no !== null) return no;
  const { workspace, actor } = caller;
  const writer = await context.writers.of(workspace);
  const program = writer.declared().get(agreement)?.at(-1)?.program;
  if (program === undefined) return refused('agreement_unknown', { agreement });
  const parties = await context.store.within(workspace, (scope) =>
    findParties(scope, [...new Set(balances.map(({ party }) => party))]),
  );
  const known = new Set(parties.map(({ party }) => party));
  const entries: Submitted[] = [];
  for (const [at, balance] of balances.entries()) {
    const read = readBalance(agreement, program, known, balance, `/body/balances/${at}`);
    if ('code' in read) return { kind: 'refused' as const, refusal: read };
    entries.push({ ...read, actor });
  }
  const receipts = await writer.submit(entries, { together: true });
  const against = receipts.find((receipt) => receipt.kind === 'refused');
  if (against !== undefined) return { kind: 'refused' as const, refusal: refusalOf(against.refusal) };
  const sequences = receipts.map((receipt) => ('sequence' in receipt ? receipt.sequence : 0));
  await context.store.within(workspace, (scope) =>
    recordAudit(scope, { actor, action: 'openings.record', subject: agreement, details: { sequences } }),
  );
  return done({ sequences });
}

/** Names of components that can begin with a balance, and the asset of each. */
export function openingComponents({ settlements, assets, clauses }: Program): ReadonlyMap<string, string> {
  const issued = new Set(clauses.map(({ asset }) => asset));
  return new Map([
    ...assets.filter(({ id }) => issued.has(id)).map(({ id }) => [id, id] as const),
    ...settlements.flatMap(({ name, asset }) => [
      [`${name} owed`, asset] as const,
      [`${name} carried`, asset] as const,
    ]),
  ]);
}

function readBalance(
  agreement: string,
  program: Program,
  parties: ReadonlySet<string>,
  { component, party, amount, on, through }: GivenBalance,
  place: string,
): Pick<Submitted, 'entry' | 'source'> | Refusal {
  const components = openingComponents(program);
  const asset = components.get(component);
  if (asset === undefined) {
    const names = [...components.keys()].join(', ');
    const facts = { agreement, component, known: names === '' ? 'none' : names };
    return refusal('component_unknown', facts, { place: `${place}/component` });
  }
  if (!parties.has(party)) return refusal('party_unknown', { party }, { place: `${place}/party` });
  if (typeof amount !== 'string' && amount.asset !== asset)
    return refusal(
      'asset_other',
      { kind: component, field: 'amount', expected: asset, found: amount.asset },
      { place: `${place}/amount` },
    );
  const value = parseDecimal(typeof amount === 'string' ? amount : amount.amount)!;
  const balance = {
    component,
    of: party,
    amount: value,
    on: parseIsoDay(on)!,
    through: through === null ? null : parseIsoDay(through),
  };
  return { entry: { kind: 'opening', agreement, balance }, source: '' };
}

export async function listOpeningBalances(
  context: Context,
  caller: Caller,
  { agreement }: { readonly agreement: string },
) {
  const no = denied(caller, 'books.read');
  if (no !== null) return no;
  return context.store.within(caller.workspace, async (scope) => {
    const rows = await entriesOfKind(scope, { kind: 'opening', name: agreement });
    const found = rows.flatMap(({ body, sequence }) => {
      const entry = entryOfText(body);
      return entry.kind === 'opening' ? [{ ...entry.balance, sequence }] : [];
    });
    const names = await namesFor(
      context,
      scope,
      caller,
      found.map(({ of }) => of),
    );
    return done({
      items: found.map(({ component, of, amount, on, through, sequence }) => ({
        component,
        party: of,
        name: names.get(of) ?? null,
        amount: formatDecimal(amount),
        on: isoDay(on),
        through: dayText(through),
        sequence,
      })),
    });
  });
}
