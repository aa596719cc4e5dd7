// SPDX-License-Identifier: Apache-2.0
// What the log of a workspace holds, and its one text. Equal entries have equal texts on every machine: the text is what
// is stored, hashed and compared. The text says everything; an entry read back from its text is the same entry.

import type { Commitment, Hold } from '../ledger/book-entry.ts';
import type { AttributeFact, DecisionFact, Entry, Fact, OpeningBalance } from '../program/log.ts';
import type { Scalar } from '../program/value.ts';
import { canonicalText } from '../proof/canonical.ts';
import { type Day, isoDay } from '../values/date.ts';
import { type Rational, rationalText, toFraction } from '../values/rational.ts';

/** What is about one agreement alone names it. Facts, attributes and days concern every agreement that asks for them. */
export type LogEntry =
  | { readonly kind: 'fact'; readonly fact: Fact }
  | { readonly kind: 'attribute'; readonly fact: AttributeFact }
  | { readonly kind: 'decision'; readonly agreement: string; readonly fact: DecisionFact }
  | { readonly kind: 'opening'; readonly agreement: string; readonly balance: OpeningBalance }
  /** The day has begun in the zone. */
  | { readonly kind: 'day'; readonly zone: string; readonly day: Day }
  | { readonly kind: 'close'; readonly agreement: string; readonly period: string }
  /** A version is in force on the days [from, to); null is without end. `hash` is that of its signed bytes. */
  | {
      readonly kind: 'version';
      readonly agreement: string;
      readonly version: number;
      readonly hash: string;
      readonly from: Day | null;
      readonly to: Day | null;
    }
  /**
   * The feed has delivered everything through that day; null: it will say so, and has not yet. `kinds`: what it brings
   * ("Deal", "Quota of Representative"); none: nothing waits for it any more; absent: as it said before.
   */
  | {
      readonly kind: 'complete';
      readonly feed: string;
      readonly through: Day | null;
      readonly kinds?: readonly string[];
    }
  | { readonly kind: 'commitment'; readonly agreement: string; readonly commitment: Commitment }
  | { readonly kind: 'hold placed'; readonly agreement: string; readonly hold: Hold }
  | { readonly kind: 'hold posted' | 'hold voided'; readonly agreement: string; readonly hold: string }
  | {
      readonly kind: 'statement issued';
      readonly agreement: string;
      readonly payee: string;
      readonly period: string;
    }
  /** What that version of a statement says may be paid. `hash` is that of its body. */
  | (ApprovalNamed & {
      readonly kind: 'statement approved';
      readonly hash: string;
      /** Postings through this place of the log are in that version. */
      readonly recorded: number;
    })
  | (ApprovalNamed & { readonly kind: 'approval taken back'; readonly reason: string })
  /** Everything that is derived from the log was made anew for the agreement, and what differed was posted. */
  | { readonly kind: 'recomputed'; readonly agreement: string; readonly reason: string };

interface ApprovalNamed {
  readonly agreement: string;
  readonly payee: string;
  /** Label of the accounting period. */
  readonly period: string;
  /** Of the statement. */
  readonly version: number;
}

export type LogKind = LogEntry['kind'];

/** The columns by which an entry is found; unique for facts, where no later entry may have the same. */
export interface Identity {
  readonly kind: LogKind;
  readonly name: string;
  readonly subject: string;
  /** Of a fact or an agreement; 0 for what has no revisions. */
  readonly revision: number;
}

export function identityOf(entry: LogEntry): Identity {
  const { kind } = entry;
  switch (kind) {
    case 'fact':
      return { kind, name: entry.fact.kind, subject: entry.fact.id, revision: entry.fact.revision };
    case 'attribute':
      return {
        kind,
        name: `${entry.fact.party}.${entry.fact.attribute}`,
        subject: entry.fact.of,
        revision: 0,
      };
    case 'decision': {
      const { decision, of, period } = entry.fact;
      return { kind, name: entry.agreement, subject: JSON.stringify([decision, of, period]), revision: 0 };
    }
    case 'opening': {
      const { component, of, on } = entry.balance;
      return { kind, name: entry.agreement, subject: JSON.stringify([component, of, on]), revision: 0 };
    }
    case 'day':
      return { kind, name: entry.zone, subject: isoDay(entry.day), revision: 0 };
    case 'close':
      return { kind, name: entry.agreement, subject: entry.period, revision: 0 };
    case 'version':
      return { kind, name: entry.agreement, subject: entry.agreement, revision: entry.version };
    case 'complete':
      return {
        kind,
        name: entry.feed,
        subject: entry.through === null ? '' : isoDay(entry.through),
        revision: 0,
      };
    case 'recomputed':
      return { kind, name: entry.agreement, subject: '', revision: 0 };
    case 'commitment':
      return { kind, name: entry.agreement, subject: entry.commitment.id, revision: 0 };
    case 'hold placed':
      return { kind, name: entry.agreement, subject: entry.hold.id, revision: 0 };
    case 'hold posted':
    case 'hold voided':
      return { kind, name: entry.agreement, subject: entry.hold, revision: 0 };
    case 'statement issued':
    case 'statement approved':
    case 'approval taken back':
      return {
        kind,
        name: entry.agreement,
        subject: JSON.stringify([entry.payee, entry.period]),
        revision: 0,
      };
  }
}

/** One text per identity. */
export function identityText({ kind, name, subject, revision }: Identity): string {
  return `${kind}\u0000${name}\u0000${subject}\u0000${revision}`;
}

/** The canonical text of an entry: JSON with sorted keys and without spaces, exact numbers as strings. */
export function entryText(entry: LogEntry): string {
  return entry.kind === 'fact' ? factText(entry.fact) : canonicalText(entry);
}

/** What `canonicalText` gives for a fact; facts are many, so their shape is written out. */
function factText({ kind, id, revision, fields, isVoid }: Fact): string {
  let members = '';
  for (const name of Object.keys(fields).sort()) {
    const scalar = fields[name];
    if (scalar === undefined) continue;
    if (members !== '') members += ',';
    members += `${JSON.stringify(name)}:${scalarText(scalar)}`;
  }
  const voided = isVoid === true ? ',"isVoid":true' : '';
  const head = `{"fact":{"fields":{${members}},"id":${JSON.stringify(id)}${voided}`;
  return `${head},"kind":${JSON.stringify(kind)},"revision":${revision}},"kind":"fact"}`;
}

function scalarText(scalar: Scalar): string {
  switch (scalar.kind) {
    case 'quantity':
      return `{"kind":"quantity","value":"${rationalText(scalar.value)}"}`;
    case 'text':
    case 'party':
    case 'fact':
      return `{"kind":"${scalar.kind}","value":${JSON.stringify(scalar.value)}}`;
    case 'date':
      return `{"kind":"date","value":${scalar.value}}`;
    default:
      return canonicalText(scalar);
  }
}

/** The entry of a text that `entryText` made; any other text is our own mistake and thrown. */
export function entryOfText(text: string): LogEntry {
  const entry = JSON.parse(text) as LogEntry;
  switch (entry.kind) {
    case 'fact': {
      const fields: Record<string, Scalar> = {};
      for (const [name, scalar] of Object.entries(entry.fact.fields)) fields[name] = revived(scalar);
      return { ...entry, fact: { ...entry.fact, fields } };
    }
    case 'attribute':
      return { ...entry, fact: { ...entry.fact, value: revived(entry.fact.value) } };
    case 'decision':
      return { ...entry, fact: { ...entry.fact, value: revived(entry.fact.value) } };
    case 'opening':
      return { ...entry, balance: { ...entry.balance, amount: rationalOf(entry.balance.amount) } };
    case 'commitment': {
      const { amount, lots, ...rest } = entry.commitment;
      const parts = lots.map((part) => ({ ...part, amount: BigInt(part.amount) }));
      return { ...entry, commitment: { ...rest, amount: BigInt(amount), lots: parts } };
    }
    case 'hold placed':
      return { ...entry, hold: { ...entry.hold, amount: BigInt(entry.hold.amount) } };
    case 'day':
    case 'close':
    case 'version':
    case 'complete':
    case 'hold posted':
    case 'hold voided':
    case 'statement issued':
    case 'statement approved':
    case 'approval taken back':
    case 'recomputed':
      return entry;
  }
}

/** Quantities stand as strings in the text; every other scalar is JSON already. */
function revived(scalar: Scalar): Scalar {
  return scalar.kind === 'quantity' ? { kind: 'quantity', value: rationalOf(scalar.value) } : scalar;
}

function rationalOf(text: unknown): Rational {
  const value = typeof text === 'string' ? toFraction(text) : null;
  if (value === null) throw new RangeError(`${String(text)} is no exact number in a log entry.`);
  return value;
}

/** Entries that agreements are evaluated over. */
export type EvaluatedEntry = LogEntry & { readonly kind: Entry['kind'] };

/**
 * The entry as agreements are evaluated over it. `recordedOn` is the day that has begun last, by the log, in the zone of
 * the agreement.
 */
export function bookEntryOf(entry: EvaluatedEntry, recordedOn: Day | null): Entry {
  switch (entry.kind) {
    case 'fact':
      return { kind: 'fact', fact: entry.fact, recordedOn };
    case 'attribute':
      return { kind: 'attribute', fact: entry.fact, recordedOn };
    case 'decision':
      return { kind: 'decision', fact: entry.fact, recordedOn };
    case 'opening':
      return { kind: 'opening', balance: entry.balance, recordedOn };
    case 'day':
      return { kind: 'day', day: entry.day };
    case 'close':
      return { kind: 'close', period: entry.period, recordedOn };
  }
}

/** Whether agreements are evaluated over the entry. */
export function isEvaluated(entry: LogEntry): entry is EvaluatedEntry {
  switch (entry.kind) {
    case 'fact':
    case 'attribute':
    case 'decision':
    case 'opening':
    case 'day':
    case 'close':
      return true;
    default:
      return false;
  }
}
