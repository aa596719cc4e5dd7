// SPDX-License-Identifier: Apache-2.0
// Facts into the log, exactly once, whoever brings them: requests, feeds, webhooks, and those that waited. Each gets
// its receipt. Facts of undeclared kinds are kept aside and picked up when a version declares them.
import type { Reference } from '../store/party-rows.ts';
import type { Json } from '../store/tables.ts';
import { addWaiting, type WaitingFact, type WaitingRow } from '../store/waiting-rows.ts';
import type { Receipt, Submitted, Writer } from '../writer/writing.ts';
import type { Context } from './context.ts';
import { type Declared, declaredBy } from './declared.ts';
import { fieldValueOf } from './field-value.ts';
import { factOfRow } from './found-fact.ts';
import { type GivenFact, readFact, settle } from './given-fact.ts';
import { type Refusal, refusal, refusalOf } from './outcome.ts';
import { resolveReferences } from './party-reference.ts';
import { sealPersonal } from './seal-personal.ts';

export type FactOutcome =
  | { readonly kind: 'recorded' | 'repeated'; readonly sequence: number }
  | { readonly kind: 'waiting'; readonly reason: string }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'not recorded' };

export interface Recording {
  readonly workspace: number;
  readonly actor: string;
  readonly together: boolean;
  readonly load?: number;
}

/** One outcome for each fact, in their order. */
export async function recordFacts(
  context: Context,
  given: readonly GivenFact[],
  recording: Recording,
): Promise<readonly FactOutcome[]> {
  const writer = await context.writers.of(recording.workspace);
  const declared = declaredBy(writer.declared());
  const asked = new Map<string, Reference>();
  const read = given.map((fact) => readFact(fact, declared, asked));
  const outcomes = new Array<FactOutcome | null>(given.length).fill(null);
  read.forEach((one, at) => {
    if (one.kind === 'misfit')
      outcomes[at] = { kind: 'refused', refusal: refusal(one.code, one.facts, { place: one.place }) };
  });
  if (recording.together && outcomes.some((outcome) => outcome !== null)) return withRest(outcomes);
  const parties = await resolveReferences(context, recording.workspace, asked);
  const places = read.flatMap(({ kind }, at) => (kind === 'fact' ? [at] : []));
  const settled = read.flatMap((one, at) =>
    one.kind === 'fact' ? [settle(one.fact, given[at]!.source, declared, parties)] : [],
  );
  const sealed = await sealPersonal(context, recording.workspace, settled);
  const entries = sealed.map(({ fact, private: values }, index): Submitted => {
    const { source } = given[places[index]!]!;
    return {
      entry: { kind: 'fact', fact },
      actor: recording.actor,
      source,
      private: values,
      ...(recording.load === undefined ? {} : { load: recording.load }),
    };
  });
  const receipts = await submit(writer, entries, recording.together);
  receipts.forEach((receipt, index) => {
    outcomes[places[index]!] = outcomeOf(receipt, declared);
  });
  if (recording.together && receipts.some(({ kind }) => kind === 'refused')) return withRest(outcomes);
  await keepWaiting(
    context,
    recording.workspace,
    given,
    read.map(({ kind }) => kind === 'undeclared'),
    outcomes,
  );
  return withRest(outcomes);
}

async function submit(
  writer: Writer,
  entries: readonly Submitted[],
  together: boolean,
): Promise<readonly Receipt[]> {
  return entries.length === 0 ? [] : await writer.submit(entries, { together });
}

function outcomeOf(receipt: Receipt, declared: Declared): FactOutcome {
  if (receipt.kind !== 'refused') return receipt;
  const found = refusalOf(receipt.refusal);
  if (found.contents === undefined) return { kind: 'refused', refusal: found };
  const { recorded, given } = found.contents;
  const contents = { recorded: asGiven(recorded, declared), given: asGiven(given, declared) };
  return { kind: 'refused', refusal: { ...found, contents } };
}

/** A fact of the log as it could have been given. */
function asGiven(data: unknown, declared: Declared): unknown {
  const { kind, isVoid = false, fields } = factOfRow({ body: JSON.stringify({ kind: 'fact', fact: data }) });
  const types = declared.facts.get(kind)?.fields;
  const given = Object.entries(fields).map(([name, scalar]) => {
    return [name, fieldValueOf(scalar, types?.get(name)?.type)] as const;
  });
  return { isVoid, fields: Object.fromEntries(given) };
}

/** What has no outcome by now was held back by another one of the batch. */
function withRest(outcomes: readonly (FactOutcome | null)[]): readonly FactOutcome[] {
  return outcomes.map((outcome) => outcome ?? { kind: 'not recorded' });
}

/** Why a fact waits, as the list of waiting facts shows it. */
export const kindNotDeclared = 'No agreement in force declares this kind.';

async function keepWaiting(
  context: Context,
  workspace: number,
  given: readonly GivenFact[],
  isWaiting: readonly boolean[],
  outcomes: (FactOutcome | null)[],
): Promise<void> {
  const waiting = given.filter((_, at) => isWaiting[at]);
  if (waiting.length === 0) return;
  const differing = await context.store.within(workspace, (scope) => addWaiting(scope, waiting.map(rowOf)));
  const other = new Map(differing.map((row) => [nameOf(row), row]));
  given.forEach((fact, at) => {
    if (!isWaiting[at]) return;
    const kept = other.get(nameOf(fact));
    outcomes[at] =
      kept === undefined
        ? { kind: 'waiting', reason: kindNotDeclared }
        : { kind: 'refused', refusal: otherContent(fact, kept) };
  });
}

function rowOf({ kind, id, revision, isVoid, fields, source }: GivenFact): WaitingFact {
  return { kind, id, revision, data: { fields: fields as Json, isVoid }, reason: kindNotDeclared, source };
}

function nameOf({ kind, id, revision }: Pick<GivenFact, 'kind' | 'id' | 'revision'>): string {
  return `${kind}\u0000${id}\u0000${revision}`;
}

function otherContent(given: GivenFact, kept: WaitingRow): Refusal {
  const { kind, id, revision } = given;
  return {
    ...refusal('same_revision_other_content', { kind, id, revision: `${revision}` }),
    contents: { recorded: kept.data, given: rowOf(given).data },
  };
}
