// SPDX-License-Identifier: Apache-2.0
// Variations of blanks as a person writes them: "Base Rate=4%..8% step 1%" or "Target=USD 10,000, USD 12,000". Values
// stay text, since a blank reads its own; steps are exact. The number of variants of a grid has a limit.
import { groupThousands } from '../values/asset.ts';
import {
  add,
  compare,
  formatDecimal,
  isTerminating,
  parseDecimal,
  type Rational,
  sign,
} from '../values/rational.ts';

/** One blank and the values that it takes, in order. */
export interface Variation {
  readonly blank: string;
  readonly values: readonly string[];
}
/** One point of the grid: a value text for each varied blank. */
export type Variant = ReadonlyMap<string, string>;

export type VariationProblem =
  | 'variation_without_equals'
  | 'range_without_step'
  | 'range_of_different_units'
  | 'step_not_positive'
  | 'too_many_values';

/** The most values that one variation may list, and the most variants of one grid. */
export const valuesMax = 1000;
export const variantsMax = 1000;

/** Reads one variation; the problem by its code when it is none. */
export function parseVariation(text: string): Variation | VariationProblem {
  const equals = text.indexOf('=');
  const blank = text.slice(0, Math.max(0, equals)).trim();
  const rest = text.slice(equals + 1).trim();
  if (equals < 0 || blank === '' || rest === '') return 'variation_without_equals';
  if (!rest.includes('..')) {
    // A comma between digits groups thousands; any other comma separates values.
    const values = rest.split(/,(?!\d{3}(?!\d))/).map((value) => value.trim());
    return values.length > valuesMax ? 'too_many_values' : { blank, values };
  }
  const range = /^(.*?)\.\.(.*?)(?:\s+step\s+(.*))?$/.exec(rest);
  const [from, to, step] = [range?.[1], range?.[2], range?.[3]].map((part) => measureOf(part ?? ''));
  if (from == null || to == null) return 'range_of_different_units';
  if (range?.[3] === undefined || step == null) return 'range_without_step';
  return valuesBetween(blank, from, to, step);
}

interface Measure {
  readonly before: string;
  readonly number: Rational;
  readonly behind: string;
}

/** "USD 12,000" → ("USD ", 12000, ""), "90 days" → ("", 90, " days"). */
function measureOf(text: string): Measure | null {
  const match = /^([^\d-]*)(-?[\d,]+(?:\.\d+)?)(.*)$/.exec(text.trim());
  const number = parseDecimal((match?.[2] ?? '').replaceAll(',', ''));
  return match === null || number === null
    ? null
    : { before: match[1] ?? '', number, behind: match[3] ?? '' };
}

function valuesBetween(
  blank: string,
  from: Measure,
  to: Measure,
  step: Measure,
): Variation | VariationProblem {
  const units = new Set(
    [from, to, step].map(({ before, behind }) => `${before}|${behind.replace(/s$/, '')}`),
  );
  // A bound or step may leave its unit out: "4..8% step 1".
  units.delete('|');
  if (units.size > 1) return 'range_of_different_units';
  if (sign(step.number) !== 1) return 'step_not_positive';
  const unit = [from, to, step].find(({ before, behind }) => before !== '' || behind !== '') ?? from;
  const values: string[] = [];
  for (let value = from.number; compare(value, to.number) <= 0; value = add(value, step.number)) {
    if (values.length >= valuesMax || !isTerminating(value)) return 'too_many_values';
    values.push(`${unit.before}${groupThousands(formatDecimal(value))}${unit.behind}`);
  }
  return { blank, values };
}

/** Every combination, the last variation moving fastest; null when there are more than `variantsMax`. */
export function gridOf(variations: readonly Variation[]): readonly Variant[] | null {
  const size = variations.reduce((count, { values }) => count * values.length, 1);
  if (size > variantsMax) return null;
  return variations.reduce<readonly Variant[]>(
    (variants, { blank, values }) =>
      variants.flatMap((variant) => values.map((value) => new Map([...variant, [blank, value]]))),
    [new Map()],
  );
}
