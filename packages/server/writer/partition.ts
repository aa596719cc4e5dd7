// SPDX-License-Identifier: Apache-2.0
// A workspace in memory: its agreements, the days that have begun, and the last word about everything that is no fact.
// One entry at its place in the log gives one set of changes; nothing else goes in: no clock, no chance, no database.

import type { StatementBody } from '@rapport/core/ledger/statement-body.ts';
import type { Day } from '@rapport/core/values/date.ts';
import { parsePeriod } from '@rapport/core/values/period.ts';
import { bookEntryOf, entryText, identityOf, identityText, type LogEntry } from '../store/log-entry.ts';
import {
  type AgreementBooks,
  type AgreementChanges,
  approvalName,
  concerns,
  fieldMisfit,
  takeAnew,
  takeApproval,
  takeLogEntry,
  takeOwnEntry,
  takeTerms,
} from './agreement-books.ts';
import { type Delivered, takeComplete } from './completeness.ts';
import { type IssuedBefore, issueStatement } from './issuing.ts';
import { freezeBody } from './promises.ts';
import type { Refusal } from './writing.ts';

export interface Partition {
  /** Sequence of the last entry taken in. */
  head: number;
  readonly agreements: Map<string, AgreementBooks>;
  /** By zone, the day that has begun last. */
  readonly days: Map<string, { readonly day: Day; readonly sequence: number }>;
  /** By feed, what it has delivered. */
  readonly complete: Map<string, Delivered>;
  /** By what it is about, the last entry that is no fact and no day. */
  readonly latest: Map<string, { readonly text: string; readonly sequence: number }>;
}

/** What an entry needs beside the partition, brought by whoever keeps the books. */
export interface Sources {
  readonly issued: (agreement: string, payee: string) => IssuedBefore;
  /**
   * The books of an agreement, made anew from the log: under its versions and this one, or for a recomputation under its
   * own, over what the transfers say was posted. Null without the text of a version.
   */
  readonly opened: (entry: LogEntry & { readonly kind: 'version' | 'recomputed' }) => AgreementBooks | null;
}

export interface Changes {
  readonly sequence: number;
  readonly entry: LogEntry;
  readonly text: string;
  readonly agreements: readonly AgreementChanges[];
  readonly statement: StatementBody | null;
}

export type Taken =
  | { readonly kind: 'recorded'; readonly changes: Changes }
  | { readonly kind: 'repeated'; readonly sequence: number }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

export function newPartition(): Partition {
  return { head: 0, agreements: new Map(), days: new Map(), complete: new Map(), latest: new Map() };
}

/** Takes in an entry as the next of the log. A fact that is there already must not come here again. */
export function takeIn(partition: Partition, entry: LogEntry, sources: Sources): Taken {
  const screened = screen(partition, entry);
  if (screened !== null) return screened;
  const sequence = partition.head + 1;
  const text = entryText(entry);
  const taken = changesOf(partition, entry, sequence, sources);
  if (taken.kind !== 'changed') return taken;
  partition.head = sequence;
  note(partition, entry, text, sequence);
  const { agreements, statement } = taken;
  return { kind: 'recorded', changes: { sequence, entry, text, agreements, statement } };
}

/** A repeat, a refusal or a reason to wait that can be told before anything is changed; null when there is none. */
export function screen(partition: Partition, entry: LogEntry): Exclude<Taken, { kind: 'recorded' }> | null {
  if (entry.kind === 'day') {
    const before = partition.days.get(entry.zone);
    return before !== undefined && entry.day <= before.day
      ? { kind: 'repeated', sequence: before.sequence }
      : null;
  }
  if (entry.kind === 'fact') return screenFact(partition, entry);
  const before = partition.latest.get(nameOf(entry));
  const isSame = before !== undefined && before.text === entryText(entry);
  if (isSame && entry.kind !== 'statement issued' && entry.kind !== 'recomputed')
    return { kind: 'repeated', sequence: before.sequence };
  if (before !== undefined && entry.kind === 'opening') {
    const { component, of } = entry.balance;
    return refused('same_opening_other_content', { component, of });
  }
  if ('agreement' in entry && entry.kind !== 'version' && !partition.agreements.has(entry.agreement))
    return refused('agreement_unknown', { agreement: entry.agreement });
  if ('period' in entry) {
    const { agreement, period } = entry;
    const { calendar } = partition.agreements.get(agreement)!.books.rules;
    if (parsePeriod(calendar, period) === null) return refused('period_unknown', { agreement, period });
  }
  if (entry.kind === 'approval taken back') {
    const { agreement, payee, period, version } = entry;
    const standing = partition.agreements.get(agreement)!.approvals.get(approvalName(entry));
    if (standing?.version !== version)
      return refused('approval_unknown', { payee, period, version: `${version}` });
  }
  return null;
}

function screenFact(
  partition: Partition,
  { fact }: LogEntry & { readonly kind: 'fact' },
): Exclude<Taken, { kind: 'recorded' }> | null {
  let isDeclared = false;
  for (const { factKinds } of partition.agreements.values()) {
    const kinds = factKinds.get(fact.kind);
    if (kinds === undefined) continue;
    isDeclared = true;
    const misfit = fieldMisfit(fact, kinds);
    if (misfit !== null) return refused('field_wrong_type', { kind: fact.kind, ...misfit });
  }
  return isDeclared ? null : refused('kind_not_declared', { kind: fact.kind });
}

type Changed = Pick<Changes, 'agreements' | 'statement'> & { readonly kind: 'changed' };

function changesOf(
  partition: Partition,
  entry: LogEntry,
  sequence: number,
  sources: Sources,
): Changed | Exclude<Taken, { kind: 'recorded' }> {
  switch (entry.kind) {
    case 'complete':
      return changed([]);
    case 'version': {
      const opened = sources.opened(entry);
      if (opened === null)
        return refused('version_unknown', { agreement: entry.agreement, version: `${entry.version}` });
      partition.agreements.set(entry.agreement, opened);
      return changed([takeTerms(opened, entry.version, sequence)]);
    }
    case 'recomputed': {
      const before = partition.agreements.get(entry.agreement)!;
      const opened = sources.opened(entry)!;
      partition.agreements.set(entry.agreement, opened);
      return changed([takeAnew(opened, before, sequence)]);
    }
    case 'commitment':
    case 'hold placed':
    case 'hold posted':
    case 'hold voided': {
      const taken = takeOwnEntry(partition.agreements.get(entry.agreement)!, entry, sequence);
      if (taken.kind === 'taken') return changed([taken.changes]);
      if (taken.kind === 'refused') return refused(taken.code, taken.facts);
      const before = partition.latest.get(nameOf(entry));
      return { kind: 'repeated', sequence: before?.sequence ?? partition.head };
    }
    case 'statement issued':
      return issue(partition, entry, sources);
    case 'statement approved':
    case 'approval taken back':
      takeApproval(partition.agreements.get(entry.agreement)!, entry, sequence);
      return changed([]);
    default: {
      const agreements: AgreementChanges[] = [];
      for (const books of partition.agreements.values()) {
        if (!concerns(books, entry)) continue;
        const bookEntry = bookEntryOf(entry, books.books.today);
        agreements.push(takeLogEntry(books, bookEntry, sequence));
      }
      return changed(agreements);
    }
  }
}

/** A further version only when something was posted since the last one. */
function issue(
  partition: Partition,
  entry: LogEntry & { readonly kind: 'statement issued' },
  sources: Sources,
): Changed | Exclude<Taken, { kind: 'recorded' }> {
  const { agreement, payee, period } = entry;
  const { head, complete } = partition;
  const request = { payee, period, head, complete };
  const of = partition.agreements.get(agreement)!;
  const statement = issueStatement(of, request, sources.issued(agreement, payee));
  if (statement !== null) {
    freezeBody(of.books, statement);
    return { kind: 'changed', agreements: [], statement };
  }
  const before = partition.latest.get(nameOf(entry));
  return { kind: 'repeated', sequence: before?.sequence ?? head };
}

function changed(agreements: readonly AgreementChanges[]): Changed {
  return { kind: 'changed', agreements, statement: null };
}

function refused(
  code: string,
  facts: Readonly<Record<string, string>>,
): { readonly kind: 'refused'; readonly refusal: Refusal } {
  return { kind: 'refused', refusal: { code, facts } };
}

/** Notes an entry of the log as the last word about what it is about. */
export function note(partition: Partition, entry: LogEntry, text: string, sequence: number): void {
  if (entry.kind === 'fact') return;
  if (entry.kind === 'day') partition.days.set(entry.zone, { day: entry.day, sequence });
  else partition.latest.set(nameOf(entry), { text, sequence });
  if (entry.kind === 'complete') takeComplete(partition.complete, entry);
}

/**
 * What a later entry of the same name repeats or replaces. Of one attribute there is a word for each day it begins. An
 * approval and its end are one subject, so that a version can be approved again after that.
 */
function nameOf(entry: Exclude<LogEntry, { readonly kind: 'fact' | 'day' }>): string {
  if (entry.kind === 'approval taken back')
    return identityText({ ...identityOf(entry), kind: 'statement approved' });
  const name = identityText(identityOf(entry));
  return entry.kind === 'attribute' ? `${name}\u0000${entry.fact.from}` : name;
}
