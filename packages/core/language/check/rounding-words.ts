// SPDX-License-Identifier: Apache-2.0
// Roundings inside a formula or a row: "to the whole USD", "to the cent", "to 2 decimals", "up to the nearest USD 5".

import type { Rounding } from '../../program/declaration.ts';
import type { Expression } from '../../program/expression.ts';
import type { Type } from '../../program/type.ts';
import { currency } from '../../values/asset.ts';
import { type Rational, rational } from '../../values/rational.ts';
import type { RoundingMode } from '../../values/rounding.ts';
import type { RoundingWords } from '../tree.ts';
import { constantOf } from './constants.ts';
import { type Context, type Env, emptyEnv } from './context.ts';
import { checkExpression } from './expressions.ts';
import { mustFit } from './fit.ts';
import { fail } from './report.ts';
import { assetOf } from './types.ts';

/** Without a direction, half away from zero. */
export function roundingModeOf(words: RoundingWords): RoundingMode {
  return words.direction ?? 'half away from zero';
}

/** The step of a rounding as an expression of the rounded type. */
export function roundStep(context: Context, env: Env, words: RoundingWords, type: Type): Expression {
  const { at } = words;
  if (words.to.kind === 'nearest')
    return mustFit(context, checkExpression(context, env, words.to.step), type);
  const value = { kind: 'quantity', value: stepOf(context, words, type) } as const;
  return { kind: 'literal', value, type, at };
}

function stepOf(context: Context, words: RoundingWords, type: Type): Rational {
  const { to } = words;
  switch (to.kind) {
    case 'cent': {
      const money = currency(assetOf(type) ?? '');
      if (money === null)
        fail(context.report, 'currency_missing', words.at, { found: 'no currency', expected: 'a currency' });
      return rational(1n, 10n ** BigInt(money.decimals));
    }
    case 'decimals':
      return rational(1n, 10n ** BigInt(to.count));
    case 'whole':
      return to.noun === 'percent' ? rational(1n, 100n) : rational(1n);
    case 'nearest':
      return rational(1n);
  }
}

/** A `rounded …` row: how the clause's total is rounded. */
export function clauseRounding(context: Context, words: RoundingWords, asset: string): Rounding {
  const type: Type = { kind: 'quantity', unit: [{ base: asset, exponent: 1 }], flavour: 'amount' };
  const mode = roundingModeOf(words);
  if (words.to.kind === 'cent') return { step: null, mode };
  if (words.to.kind === 'nearest') {
    const step = constantOf(roundStep(context, emptyEnv, words, type), new Map());
    if (step === null)
      fail(context.report, 'type_mismatch', words.at, { found: 'a formula', expected: 'a number' });
    return { step, mode };
  }
  return { step: stepOf(context, words, type), mode };
}
