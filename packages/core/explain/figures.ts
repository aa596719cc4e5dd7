// SPDX-License-Identifier: Apache-2.0
// Figures as people read them: money with its currency and thousands, percent, points, dates, lengths of time. The
// type says the unit; a number without a finite decimal is shown with six places and the sign ≈.
import type { Program } from '../program/program.ts';
import type { Type, Unit } from '../program/type.ts';
import type { Scalar } from '../program/value.ts';
import { type Asset, currency, declaredAsset, formatAmount, groupThousands } from '../values/asset.ts';
import { isoDay } from '../values/date.ts';
import { durationText } from '../values/duration.ts';
import { formatDecimal, isTerminating, multiply, type Rational, rational } from '../values/rational.ts';

/** The asset of an id: a currency, or one that the agreement declares (whole when unknown). */
export function assetOf(program: Program, id: string): Asset {
  const declared = program.assets.find((asset) => asset.id === id || id === `${asset.id}s`);
  return currency(id) ?? declaredAsset(id, declared?.decimals ?? 0);
}

/** An amount in smallest units with its asset: "USD 1,620.00", "510 Points". */
export function amountFigure(program: Program, minor: bigint, asset: string): string {
  return formatAmount(minor, assetOf(program, asset));
}

/** A plain number with thousands: "50,000", "12.5", "≈0.333333". */
export function numberFigure(value: Rational): string {
  const isExact = isTerminating(value);
  const text = groupThousands(formatDecimal(value, isExact ? undefined : 6));
  return isExact ? text : `≈${text}`;
}

/** Money as a contract writes it: whole amounts without decimals, others with all of the currency's. */
function moneyFigure(code: string, value: Rational): string {
  const decimals = currency(code)?.decimals ?? 2;
  const minor = multiply(value, rational(10n ** BigInt(decimals)));
  if (value.d === 1n) return `${code} ${groupThousands(`${value.n}`)}`;
  return `${code} ${minor.d === 1n ? groupThousands(formatDecimal(value, decimals)) : numberFigure(value)}`;
}

/** A quantity of a unit: "USD 50,000", "500 Points", "USD 2 per month", "12". */
export function unitFigure(unit: Unit, value: Rational): string {
  const above = unit.filter((part) => part.exponent > 0);
  const below = unit.filter((part) => part.exponent < 0);
  const base = above[0]?.base;
  const rest = [...above.slice(1), ...below].map((part) =>
    part.exponent > 0 ? ` ${part.base}` : ` per ${part.base}`,
  );
  const number = numberFigure(value);
  if (base === undefined) return `${number}${rest.join('')}`;
  if (currency(base) !== null) return `${moneyFigure(base, value)}${rest.join('')}`;
  const isOne = value.n === 1n && value.d === 1n;
  const isTime = base === 'day' || base === 'month';
  const noun = isTime ? `${base}${isOne ? '' : 's'}` : isOne ? singularOf(base) : base;
  return `${number} ${noun}${rest.join('')}`;
}

/** "Points" → "Point": assets are declared in the plural. */
function singularOf(asset: string): string {
  return /[^s]s$/.test(asset) ? asset.slice(0, -1) : asset;
}

/** A value of a type, as a reading shows it. Ids of parties and facts stand as they are; texts in quotes. */
export function figureOf(type: Type, scalar: Scalar): string {
  switch (scalar.kind) {
    case 'quantity':
      return quantityFigure(type, scalar.value);
    case 'text':
      return `“${scalar.value}”`;
    case 'yesNo':
      return scalar.value ? 'yes' : 'no';
    case 'date':
      return isoDay(scalar.value);
    case 'duration':
      return durationText(scalar.value);
    case 'party':
    case 'fact':
      return scalar.value;
    case 'open':
      return 'open';
  }
}

/** A number of a type: percent, money, points or plain. */
export function quantityFigure(type: Type, value: Rational): string {
  if (type.kind !== 'quantity') return numberFigure(value);
  if (type.flavour === 'percent' && type.unit.length === 0)
    return `${numberFigure(multiply(value, rational(100)))}%`;
  return unitFigure(type.unit, value);
}
