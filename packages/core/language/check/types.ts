// SPDX-License-Identifier: Apache-2.0
// Types and units at work: what may meet in a sum, what a product or quotient measures, and how a type is named in
// a message. Percent, count and number share the empty unit; their flavours meet freely except count with percent.
import type { Flavour, Type, Unit } from '../../program/type.ts';

export type Quantity = Type & { kind: 'quantity' };

export const numberType: Quantity = { kind: 'quantity', unit: [], flavour: 'number' };
export const countType: Quantity = { kind: 'quantity', unit: [], flavour: 'count' };
export const percentType: Quantity = { kind: 'quantity', unit: [], flavour: 'percent' };
export const yesNoType: Type = { kind: 'yesNo' };
export const dateType: Type = { kind: 'date' };
export const textType: Type = { kind: 'text' };
export const durationType: Type = { kind: 'duration' };
export const periodType: Type = { kind: 'period' };

/** An amount of one asset. */
export function amountType(asset: string): Quantity {
  return { kind: 'quantity', unit: [{ base: asset, exponent: 1 }], flavour: 'amount' };
}

export function isDimensionless(type: Type): type is Quantity {
  return type.kind === 'quantity' && type.unit.length === 0;
}

/** The asset of an amount, or null when the quantity is anything else. */
export function assetOf(type: Type): string | null {
  if (type.kind !== 'quantity' || type.unit.length !== 1) return null;
  const [part] = type.unit;
  return part !== undefined && part.exponent === 1 ? part.base : null;
}

export function sameUnit(a: Unit, b: Unit): boolean {
  return (
    a.length === b.length &&
    a.every((part, index) => part.base === b[index]?.base && part.exponent === b[index]?.exponent)
  );
}

/** The unit of a × b (sign 1) or a ÷ b (sign −1). */
export function combineUnits(a: Unit, b: Unit, sign: 1 | -1): Unit {
  const exponents = new Map<string, number>();
  for (const part of a) exponents.set(part.base, part.exponent);
  for (const part of b) exponents.set(part.base, (exponents.get(part.base) ?? 0) + sign * part.exponent);
  return [...exponents]
    .filter(([, exponent]) => exponent !== 0)
    .sort(([x], [y]) => (x < y ? -1 : 1))
    .map(([base, exponent]) => ({ base, exponent }));
}

/** Flavour of a sum of two dimensionless quantities. */
function flavourOfSum(a: Flavour, b: Flavour): Flavour {
  return a === b ? a : a === 'percent' || b === 'percent' ? 'percent' : 'number';
}

export function sumType(a: Quantity, b: Quantity): Quantity {
  return { kind: 'quantity', unit: a.unit, flavour: flavourOfSum(a.flavour, b.flavour) };
}

export function productType(a: Quantity, b: Quantity, sign: 1 | -1): Quantity {
  const unit = combineUnits(a.unit, b.unit, sign);
  if (unit.length > 0) return { kind: 'quantity', unit, flavour: 'amount' };
  const both = a.flavour === b.flavour && sign === 1;
  return { kind: 'quantity', unit, flavour: both && a.flavour !== 'amount' ? a.flavour : 'number' };
}

/** Whether two values may be compared or stand in one sum. */
export function isMatching(a: Type, b: Type): boolean {
  if (a.kind === 'quantity' && b.kind === 'quantity') {
    if (!sameUnit(a.unit, b.unit)) return false;
    const flavours = [a.flavour, b.flavour];
    return !(flavours.includes('count') && flavours.includes('percent'));
  }
  if ((a.kind === 'text' || a.kind === 'choice') && (b.kind === 'text' || b.kind === 'choice')) return true;
  if (a.kind !== b.kind) return false;
  if ((a.kind === 'party' || a.kind === 'level') && (b.kind === 'party' || b.kind === 'level')) {
    return a.of === b.of;
  }
  return true;
}

/** A type as a message names it: "USD", "Points per USD", "a percentage", "a date". */
export function typeText(type: Type): string {
  switch (type.kind) {
    case 'quantity':
      return type.unit.length > 0 ? unitText(type.unit) : `a ${type.flavour}`;
    case 'duration':
      return 'a length of time';
    case 'date':
      return 'a date';
    case 'text':
      return 'a text';
    case 'choice':
      return `one of ${type.options.map((option) => `"${option}"`).join(', ')}`;
    case 'yesNo':
      return 'yes or no';
    case 'party':
    case 'fact':
      return `a ${type.of}`;
    case 'level':
      return `a level of ${type.of}`;
    case 'period':
      return 'a period';
    case 'set':
      return `a set of ${type.element}`;
  }
}

function unitText(unit: Unit): string {
  const above = unit.filter((part) => part.exponent > 0).map(power);
  const below = unit.filter((part) => part.exponent < 0).map(power);
  const top = above.length === 0 ? 'a number' : above.join(' × ');
  return below.length === 0 ? top : `${top} per ${below.join(' × ')}`;
}

function power({ base, exponent }: Unit[number]): string {
  const size = Math.abs(exponent);
  return size === 1 ? base : `${base}^${size}`;
}
