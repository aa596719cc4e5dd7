// SPDX-License-Identifier: Apache-2.0
// The words of an amount: exact decimals with commas, a true minus, and at least the decimals that the currency has.
// Nothing is rounded here.
import { currency, groupThousands } from '@rapport/core/values/asset.ts';
import type { Amount } from '@rapport/server/wire/values.ts';

/** −1, 0 or 1: the sign of an exact decimal text. */
export function signOf({ amount }: Amount): -1 | 0 | 1 {
  if (!/[1-9]/.test(amount)) return 0;
  return amount.startsWith('-') ? -1 : 1;
}

/** "1,620.00", "−0.50": with commas, a true minus, and at least the decimals that the currency has. */
export function figureOf({ amount, asset }: Amount): string {
  const decimals = currency(asset)?.decimals ?? 0;
  const [whole = '', fraction = ''] = amount.split('.');
  const padded = fraction.padEnd(decimals, '0');
  return groupThousands(padded === '' ? whole : `${whole}.${padded}`).replace('-', '−');
}

/** "USD 1,620.00" or "510 Points", for places that take only text. */
export function amountText(of: Amount): string {
  const figure = figureOf(of);
  return currency(of.asset) === null ? `${figure} ${of.asset}` : `${of.asset} ${figure}`;
}
