// SPDX-License-Identifier: Apache-2.0
// Entitlements as JSON, one object per line: amounts are decimal texts with all decimals of their asset, so that no
// reader ever rounds them. Zero amounts are left out.
import { assetOf } from '@rapport/core/explain/figures.ts';
import type { Entitlement } from '@rapport/core/program/entitlement.ts';
import type { Program } from '@rapport/core/program/program.ts';
import { amountText } from '@rapport/core/values/asset.ts';

/** The lines; with `withFacts` also one for each fact behind an amount. */
export function amountLines(
  program: Program,
  entitlements: readonly Entitlement[],
  withFacts: boolean,
): Iterable<string> {
  return linesOf(program, entitlements, withFacts);
}

function* linesOf(
  program: Program,
  entitlements: readonly Entitlement[],
  withFacts: boolean,
): Iterable<string> {
  for (const { payee, component, period, asset, amount, lines } of entitlements) {
    if (amount === 0n) continue;
    const unit = assetOf(program, asset);
    const total = { payee, component, period, asset, amount: amountText(amount, unit) };
    yield `${JSON.stringify(total)}\n`;
    if (!withFacts) continue;
    for (const line of lines) {
      yield `${JSON.stringify({ ...total, fact: line.fact?.id ?? '', line: amountText(line.amount, unit), note: line.note })}\n`;
    }
  }
}
