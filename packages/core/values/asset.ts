// SPDX-License-Identifier: Apache-2.0
// What can be owed: currencies, and assets that an agreement declares (points, units, vouchers). Amounts are whole
// numbers of the smallest unit, "minor"; an amount never travels without its asset.
import { currencyDecimals } from './currencies.ts';
import { decimalText, type Rational, rational } from './rational.ts';

/** One asset. `decimals` says how many of the smallest unit make one: 10^decimals. */
export interface Asset {
  /** The currency's code, or the declared name in the plural, such as "Points". Unique in an agreement. */
  readonly id: string;
  readonly decimals: number;
  readonly kind: 'currency' | 'declared';
}

const currencies = new Map<string, Asset>(
  [...currencyDecimals].map(([id, decimals]) => [id, { id, decimals, kind: 'currency' }]),
);

/** The currency of an ISO 4217 code in capitals, or null when there is none. The same code gives the same object. */
export function currency(code: string): Asset | null {
  return currencies.get(code) ?? null;
}

/** Every currency's code, in alphabetical order. */
export function currencyCodes(): readonly string[] {
  return [...currencies.keys()].sort();
}

/** An asset that an agreement declares. */
export function declaredAsset(id: string, decimals = 0): Asset {
  return { id, decimals, kind: 'declared' };
}

/** An amount as a plain decimal, with all decimals of the asset: 162000n USD → "1620.00". */
export function amountText(minor: bigint, asset: Asset): string {
  return decimalText(minor, asset.decimals);
}

/** An amount as people read it: "USD 1,620.00", "510 Points", "−" written as "-". Groups by default. */
export function formatAmount(
  minor: bigint,
  asset: Asset,
  { group = true }: { readonly group?: boolean } = {},
): string {
  const text = group ? groupThousands(amountText(minor, asset)) : amountText(minor, asset);
  return asset.kind === 'currency' ? `${asset.id} ${text}` : `${text} ${asset.id}`;
}

/** A plain decimal with commas between thousands: "-1234567.50" → "-1,234,567.50". */
export function groupThousands(decimal: string): string {
  const [wholePart = '', ...fraction] = decimal.split('.');
  return [wholePart.replace(/\B(?=(\d{3})+$)/g, ','), ...fraction].join('.');
}

/** An amount in whole units of the asset, exactly: 162050n USD → 1620.5. */
export function amountOf(minor: bigint, asset: Asset): Rational {
  return rational(minor, 10n ** BigInt(asset.decimals));
}

/** The smallest units of a plain decimal that `amountText` wrote; any other text is an assertion. */
export function parseAmountText(text: string): bigint {
  if (!/^-?\d+(\.\d+)?$/.test(text)) throw new RangeError(`${text} is no amount.`);
  return BigInt(text.replace('.', ''));
}
