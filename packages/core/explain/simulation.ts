// SPDX-License-Identifier: Apache-2.0
// What other terms would cost on the same facts: one result for each variant of a grid of blanks, beside the terms as
// they stand. The caller evaluates, so that any engine can.
import type { Evaluation } from '../program/entitlement.ts';
import type { Program } from '../program/program.ts';
import { amountText } from '../values/asset.ts';
import type { BandCount } from './bands-reached.ts';
import { alignedLines } from './columns.ts';
import { signedFigure } from './compare-text.ts';
import { type Distribution, distributionsOf } from './distribution.ts';
import { amountFigure, assetOf } from './figures.ts';
import type { Variant } from './variation.ts';

/** The terms of one variant, and what they come to. */
export interface VariantResult {
  readonly terms: Variant;
  readonly distributions: readonly Distribution[];
  readonly bands: readonly BandCount[];
}

export function variantResult(
  terms: Variant,
  program: Program,
  evaluation: Evaluation,
  bands: readonly BandCount[],
): VariantResult {
  return { terms, distributions: distributionsOf(program, evaluation), bands };
}

/** The results as text: for each asset a table of costs beside the terms as they stand, then who reaches which band. */
export function simulationText(
  program: Program,
  base: VariantResult,
  results: readonly VariantResult[],
): string {
  const assets = [
    ...new Set([base, ...results].flatMap((one) => one.distributions.map(({ asset }) => asset))),
  ];
  const names = [...(results[0]?.terms.keys() ?? [])];
  const blocks = assets.map((asset) => costTable(program, asset, names, base, results));
  return `${[...blocks, bandTable(names, base, results)]
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function costTable(
  program: Program,
  asset: string,
  names: readonly string[],
  base: VariantResult,
  results: readonly VariantResult[],
): readonly string[] {
  const of = (result: VariantResult) => result.distributions.find((one) => one.asset === asset);
  const before = of(base)?.total ?? 0n;
  const row = (result: VariantResult, terms: readonly string[]) => {
    const one = of(result);
    const figure = (amount: bigint | undefined) => amountFigure(program, amount ?? 0n, asset);
    const amounts = [
      one?.total,
      one?.least,
      one?.deciles[0],
      one?.median,
      one?.mean,
      one?.deciles[8],
      one?.greatest,
    ];
    const [total, ...spread] = amounts.map(figure);
    return [...terms, total ?? '', signedFigure(program, (one?.total ?? 0n) - before, asset), ...spread];
  };
  const header = [
    ...names,
    'cost',
    'against now',
    'least',
    'lowest tenth',
    'median',
    'mean',
    'highest tenth',
    'greatest',
  ];
  const now = row(
    base,
    names.map((name) => base.terms.get(name) ?? ''),
  );
  const rows = [header, now, ...results.map((result) => row(result, [...result.terms.values()]))];
  const payees = of(base)?.payees ?? 0;
  return [
    `${asset}, over ${payees} payees (the first line is the agreement as it stands)`,
    ...alignedLines(rows, [
      ...names.map(() => 'left' as const),
      ...header.slice(names.length).map(() => 'right' as const),
    ]),
  ];
}

function bandTable(
  names: readonly string[],
  base: VariantResult,
  results: readonly VariantResult[],
): readonly string[] {
  // A variant that moves nobody from band to band would only say the same again.
  const countsIn = ({ bands }: VariantResult) =>
    bands.map(({ band, reached }) => `${band} ${reached}`).join('\n');
  const moved = results.filter((result) => countsIn(result) !== countsIn(base));
  const all = [base, ...moved];
  if (all.every(({ bands }) => bands.length === 0)) return [];
  const rows = all.flatMap(({ terms, bands }) =>
    bands.map((band, index) => [
      ...names.map((name) => (index === 0 ? (terms.get(name) ?? '') : '')),
      band.table,
      band.band,
      percent(band.reached, band.of),
      `${band.reached} of ${band.of}`,
    ]),
  );
  const header = [...names, 'table', 'highest band reached', 'share', 'payees × periods'];
  const alignments = [...names.map(() => 'left' as const), 'left', 'left', 'right', 'right'] as const;
  const title =
    moved.length === 0 && results.length > 0
      ? 'How far people come (the same in every variant)'
      : 'How far people come';
  return [title, ...alignedLines([header, ...rows], alignments)];
}

/** A share in percent with one decimal. */
function percent(part: number, whole: number): string {
  if (whole === 0) return '–';
  const tenths = Math.round((part * 1000) / whole);
  return `${Math.floor(tenths / 10)}.${tenths % 10}%`;
}

/** One line for each variant and asset: terms, cost, spread, then the cost of each component. Plain decimals. */
export function simulationCsv(program: Program, results: readonly VariantResult[]): string {
  const names = [...(results[0]?.terms.keys() ?? [])];
  const components = [
    ...new Set(
      results.flatMap((one) =>
        one.distributions.flatMap((each) => each.components.map((part) => part.component)),
      ),
    ),
  ];
  const deciles = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((tenth) => `decile ${tenth}`);
  const header = [
    ...names,
    'asset',
    'cost',
    'payees',
    'least',
    ...deciles,
    'mean',
    'greatest',
    ...components,
  ];
  const rows = results.flatMap(({ terms, distributions }) =>
    distributions.map((one) => {
      const text = (amount: bigint) => amountText(amount, assetOf(program, one.asset));
      const byName = new Map(one.components.map((part) => [part.component, text(part.total)]));
      return [
        ...names.map((name) => terms.get(name) ?? ''),
        one.asset,
        text(one.total),
        `${one.payees}`,
        text(one.least),
        ...one.deciles.map(text),
        text(one.mean),
        text(one.greatest),
        ...components.map((name) => byName.get(name) ?? ''),
      ];
    }),
  );
  return `${[header, ...rows].map((cells) => cells.map(csvCell).join(',')).join('\n')}\n`;
}

function csvCell(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
