// SPDX-License-Identifier: Apache-2.0
// A load as it is kept and as answers show it.
import { amountText } from '@rapport/core/values/asset.ts';
import { isoDay } from '@rapport/core/values/date.ts';
import type { LoadRow } from '../../store/load-rows.ts';
import type { Scope } from '../../store/open.ts';
import type { Json } from '../../store/tables.ts';
import { type Load, loadState } from '../../wire/feeds.ts';
import type { Context } from '../context.ts';
import type { Declared } from '../declared.ts';
import { namesOf } from '../personal-names.ts';
import type { LoadChanges } from './load-changes.ts';
import type { PayChange } from './load-effect.ts';
import { accountsOf, findingOf, type ReadFiles } from './read-files.ts';

/** The account of a load, kept with it. */
type Kept = Pick<Load, 'accounts' | 'changes' | 'reasons' | 'findings' | 'completeThrough'>;
/** Amounts as texts of smallest units. */
type KeptEffect = readonly {
  readonly agreement: string;
  readonly payee: string;
  readonly asset: string;
  readonly before: string;
  readonly after: string;
}[];

/** The most findings that are kept of one load; the accounts are complete. */
const findingsMax = 500;

export function keptTotals(
  { report }: ReadFiles,
  { added, revised, repeated, voided }: LoadChanges,
  reasons: readonly string[],
): Json {
  const days = report.sources.flatMap(({ completeThrough }) => completeThrough ?? []);
  const kept: Kept = {
    accounts: accountsOf(report),
    changes: { added, revised, repeated, voided },
    reasons: [...reasons],
    findings: report.diagnostics.slice(0, findingsMax).map(findingOf),
    completeThrough: days.length === 0 ? null : isoDay(Math.min(...days)),
  };
  return kept as unknown as Json;
}

export function keptEffect(changes: readonly PayChange[]): Json {
  return changes.map((change) => ({
    ...change,
    before: `${change.before}`,
    after: `${change.after}`,
  }));
}

export function keptOf({ totals }: LoadRow): Kept {
  return totals as unknown as Kept;
}

/** Without findings and effect, as lists show it. */
export function loadSummary(row: LoadRow) {
  const { accounts, changes, reasons, completeThrough } = keptOf(row);
  return {
    load: row.load,
    feed: row.feed,
    fileName: row.file_name,
    contentHash: row.content_hash,
    state: loadState.parse(row.state),
    accounts,
    changes,
    reasons,
    completeThrough,
    actor: row.actor,
    at: row.at.toISOString(),
    approvedBy: row.approved_by,
  };
}

export async function loadAnswer(
  context: Context,
  scope: Scope,
  row: LoadRow,
  declared: Declared,
): Promise<Load> {
  const effect = (row.effect ?? []) as unknown as KeptEffect;
  const names = await namesOf(
    context,
    scope,
    effect.map(({ payee }) => payee),
  );
  return {
    ...loadSummary(row),
    findings: keptOf(row).findings,
    effect: effect.map(({ agreement, payee, asset, ...texts }) => {
      const [before, after] = [BigInt(texts.before), BigInt(texts.after)];
      const amount = (minor: bigint) => ({ amount: amountText(minor, declared.asset(asset)), asset });
      return {
        agreement,
        payee,
        payeeName: names.get(payee) ?? null,
        asset,
        before: amount(before),
        after: amount(after),
        difference: amount(after - before),
      };
    }),
  };
}
