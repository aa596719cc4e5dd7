// SPDX-License-Identifier: Apache-2.0
// What facts that are not there, or other values of blanks, would change: the same engine over the same facts and these.
// Nothing is recorded, and no party is made.

import { withEntries } from '@rapport/core/engine/known.ts';
import { allOf, everything } from '@rapport/core/engine/reference/asked.ts';
import { evaluate } from '@rapport/core/engine/reference/evaluate.ts';
import { assetOf } from '@rapport/core/explain/figures.ts';
import { withBlanks } from '@rapport/core/language/blanks.ts';
import { messageOf } from '@rapport/core/language/messages.ts';
import { differences, keyText } from '@rapport/core/ledger/differences.ts';
import { bookRules } from '@rapport/core/ledger/roles.ts';
import type { Entitlement } from '@rapport/core/program/entitlement.ts';
import type { Entry, Known } from '@rapport/core/program/log.ts';
import type { Program, Version } from '@rapport/core/program/program.ts';
import { amountText } from '@rapport/core/values/asset.ts';
import { type Day, parseIsoDay } from '@rapport/core/values/date.ts';
import type { Caller } from '../access/caller.ts';
import { findReferences, type Reference } from '../store/party-rows.ts';
import type { GivenAnswerOf, ReceivedOf } from '../wire/endpoint.ts';
import type * as wire from '../wire/forecast.ts';
import type { ActiveVersion } from '../writer/writing.ts';
import type { Context } from './context.ts';
import { type Declared, declaredBy } from './declared.ts';
import { namesIn } from './found-statement.ts';
import { readFact, settle } from './given-fact.ts';
import { done, type Outcome, refused } from './outcome.ts';
import { denied } from './permit.ts';

type Asked = ReceivedOf<typeof wire.whatIf>['body'];
type GivenEntry = Entry & { readonly kind: 'fact' };

export async function whatIf(
  context: Context,
  caller: Caller,
  { agreement, ...question }: Asked & { readonly agreement: string },
): Promise<Outcome<GivenAnswerOf<typeof wire.whatIf>>> {
  const writer = await context.writers.of(caller.workspace);
  const versions = writer.declared().get(agreement);
  if (versions === undefined) return refused('agreement_unknown', { agreement });
  const given = await entriesOf(context, caller.workspace, question.facts, declaredBy(writer.declared()));
  if (given.kind === 'refused') return given;
  const payees = payeesIn(versions, given.value, question.payee);
  const no = denied(caller, 'earnings.forecast', payees.length === 1 ? { party: payees[0]! } : {});
  if (no !== null) return no;
  const changed = withOtherBlanks(agreement, versions, question.blanks);
  if (changed.kind === 'refused') return changed;
  const asked = payees.length === 0 ? [null] : payees;
  const known = await writer.read((view) =>
    asked.map((payee) =>
      payee === null ? view.known(agreement) : view.knownFor(agreement, payee, given.value),
    ),
  );
  const asOf = asOfAsked(question.asOf, known[0]!, given.value, versions);
  const entitled = (under: readonly Version[], entries: readonly Entry[]) =>
    known.flatMap((one, place) => {
      const payee = asked[place]!;
      const all = withEntries({ ...one, asOf }, entries);
      return evaluate(under, all, payee === null ? everything : allOf(payee)).entitlements;
    });
  const before = entitled(versions, []);
  const after = entitled(changed.value, given.value);
  return done(await shown(context, caller, { versions, before, after }));
}

/** The facts as the log would hold them; a party that is not there is refused. */
async function entriesOf(
  context: Context,
  workspace: number,
  facts: Asked['facts'],
  declared: Declared,
): Promise<Outcome<readonly GivenEntry[]>> {
  const asked = new Map<string, Reference>();
  const read = facts.map((fact, index) =>
    readFact(
      { ...fact, id: fact.id ?? `what-if-${index + 1}`, revision: 1, isVoid: false, source: '' },
      declared,
      asked,
    ),
  );
  for (const [index, one] of read.entries()) {
    const place = `/body/facts/${index}`;
    if (one.kind === 'undeclared')
      return refused('kind_not_declared', { kind: facts[index]!.kind }, { place });
    if (one.kind === 'misfit') return refused(one.code, one.facts, { place: `${place}${one.place}` });
  }
  const rows = await context.store.within(workspace, (scope) => findReferences(scope, [...asked.values()]));
  const parties = new Map<string, string>();
  for (const [key, { kind, reference }] of asked) {
    const row = rows.find((one) => one.kind === kind && one.reference === reference);
    if (row === undefined) return refused('party_unknown', { party: reference });
    parties.set(key, row.party);
  }
  return done(
    read.flatMap((one): readonly GivenEntry[] =>
      one.kind === 'fact'
        ? [{ kind: 'fact', fact: settle(one.fact, '', declared, parties), recordedOn: null }]
        : [],
    ),
  );
}

/** Whose amounts are asked about: the party named, or the payees that the facts name; empty for everybody. */
function payeesIn(
  versions: readonly ActiveVersion[],
  entries: readonly GivenEntry[],
  payee: string | undefined,
): readonly string[] {
  if (payee !== undefined) return [payee];
  const { program } = versions.at(-1)!;
  const paid = new Set(program.clauses.map((clause) => clause.payee.party));
  return [
    ...new Set(
      entries.flatMap(({ fact }) =>
        (program.factKinds.find(({ id }) => id === fact.kind)?.fields ?? []).flatMap(({ name, type }) => {
          const value = fact.fields[name];
          return type.kind === 'party' && paid.has(type.of) && value?.kind === 'party' ? [value.value] : [];
        }),
      ),
    ),
  ];
}

function withOtherBlanks(
  agreement: string,
  versions: readonly ActiveVersion[],
  blanks: Asked['blanks'],
): Outcome<readonly Version[]> {
  const newest = versions.at(-1)!;
  if (Object.keys(blanks).length === 0) return done(versions);
  const known = newest.program.blanks.map(({ id }) => id);
  const unknown = Object.keys(blanks).find((name) => !known.includes(name));
  if (unknown !== undefined)
    return refused('blank_unknown', { agreement, blank: unknown, known: known.join(', ') });
  const result = withBlanks(newest.program, blanks);
  if ('program' in result) return done([...versions.slice(0, -1), { ...newest, program: result.program }]);
  const [first] = result.diagnostics;
  return refused('blank_wrong', { words: first === undefined ? '' : messageOf(first).sentence });
}

/** The day asked for; else late enough that every given fact counts. */
function asOfAsked(
  asked: string | undefined,
  known: Known,
  entries: readonly GivenEntry[],
  versions: readonly ActiveVersion[],
): Day {
  if (asked !== undefined) return parseIsoDay(asked)!;
  const kinds = versions.at(-1)!.program.factKinds;
  const days = entries.flatMap(({ fact }) => {
    const [field, ...rest] = kinds.find(({ id }) => id === fact.kind)?.countsOn ?? [];
    const value = field === undefined || rest.length > 0 ? undefined : fact.fields[field];
    return value?.kind === 'date' ? [value.value] : [];
  });
  return Math.max(known.asOf, ...days);
}

async function shown(
  context: Context,
  caller: Caller,
  {
    versions,
    before,
    after,
  }: {
    readonly versions: readonly ActiveVersion[];
    readonly before: readonly Entitlement[];
    readonly after: readonly Entitlement[];
  },
): Promise<GivenAnswerOf<typeof wire.whatIf>> {
  const programs = versions.map(({ program }) => program) as [Program, ...Program[]];
  const program = programs.at(-1)!;
  const rules = bookRules(programs);
  const isBooked = (one: Entitlement) => rules.roleOf(one).kind !== 'shown';
  const [was, is] = [before, after].map(
    (all) => new Map(all.filter(isBooked).map((one) => [keyText(one), one])),
  );
  const plain = (all: readonly Entitlement[]) =>
    all.filter(isBooked).map((one) => ({ ...one, due: one.amount }));
  const changes = differences(
    plain(before),
    plain(after).map((one) => ({ ...one, state: 'final' as const })),
  );
  const names = await namesIn(
    context,
    caller,
    changes.map(({ payee }) => payee),
  );
  const figure = (minor: bigint, asset: string) => ({
    amount: amountText(minor, assetOf(program, asset)),
    asset,
  });
  const rows = changes.map((change) => {
    const key = keyText(change);
    return {
      ...change,
      before: was!.get(key)?.amount ?? 0n,
      after: is!.get(key)?.amount ?? 0n,
      state: (is!.get(key) ?? was!.get(key))!.state,
    };
  });
  const totals = new Map<string, { payee: string; asset: string; before: bigint; after: bigint }>();
  for (const { clause, payee, asset, before: from, after: to } of rows) {
    if (rules.roleOf({ clause, asset }).kind === 'settled') continue;
    const key = JSON.stringify([payee, asset]);
    const sum = totals.get(key) ?? { payee, asset, before: 0n, after: 0n };
    totals.set(key, { ...sum, before: sum.before + from, after: sum.after + to });
  }
  return {
    differences: rows.map(({ clause, component, payee, period, asset, before: from, after: to, state }) => ({
      ...{ clause, component, payee, period, state },
      payeeName: names[payee] ?? null,
      before: figure(from, asset),
      after: figure(to, asset),
      difference: figure(to - from, asset),
    })),
    totals: [...totals.values()].map(({ payee, asset, before: from, after: to }) => ({
      payee,
      before: figure(from, asset),
      after: figure(to, asset),
      difference: figure(to - from, asset),
    })),
  };
}
