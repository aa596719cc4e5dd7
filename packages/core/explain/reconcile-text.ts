// SPDX-License-Identifier: Apache-2.0
// A parallel run as plain text: the four lists with their sums, and behind each difference the facts and the clause.
import type { Fact } from '../program/log.ts';
import type { Program } from '../program/program.ts';
import { divide, multiply, type Rational, rational } from '../values/rational.ts';
import { alignedLines } from './columns.ts';
import { sectionMark, signedFigure } from './compare-text.ts';
import type { CauseLine } from './difference-cause.ts';
import { listed } from './english.ts';
import { amountFigure, assetOf, figureOf, numberFigure } from './figures.ts';
import type { Pair, Reconciliation } from './reconcile.ts';

/** At most so many pairs are listed of each kind. */
const pairsMax = 50;

/** The whole reconciliation. `factOf` gives a fact by kind and id, to say what a line is a share of. */
export function reconciliationText(
  program: Program,
  found: Reconciliation,
  factOf: (kind: string, id: string) => Fact | null,
): string {
  const summary = [
    ['', 'pairs', 'ours', 'theirs', 'difference'],
    ...summaryRows(program, 'Matched', found.matched),
    ...summaryRows(program, 'Differing', found.differing),
    ...summaryRows(program, 'Missing there', found.missing),
    ...summaryRows(program, 'Extra there', found.extra),
  ];
  return [
    ...alignedLines(summary, ['left', 'right', 'right', 'right', 'right']),
    '',
    ...section(program, 'Differing', found.differing, factOf),
    ...section(program, 'Missing there', found.missing, factOf),
    ...section(program, 'Extra there', found.extra, factOf),
  ].join('\n');
}

function summaryRows(
  program: Program,
  title: string,
  pairs: readonly Pair[],
): readonly (readonly string[])[] {
  const assets = [...new Set(pairs.map(({ asset }) => asset))];
  if (assets.length === 0) return [[title, '0', '', '', '']];
  return assets.map((asset) => {
    const own = pairs.filter((pair) => pair.asset === asset);
    const sum = (part: 'ours' | 'theirs' | 'difference') =>
      own.reduce((total, pair) => total + pair[part], 0n);
    return [
      title,
      `${own.length}`,
      amountFigure(program, sum('ours'), asset),
      amountFigure(program, sum('theirs'), asset),
      signedFigure(program, sum('difference'), asset),
    ];
  });
}

function section(
  program: Program,
  title: string,
  pairs: readonly Pair[],
  factOf: (kind: string, id: string) => Fact | null,
): readonly string[] {
  if (pairs.length === 0) return [];
  const shown = pairs.slice(0, pairsMax).flatMap((pair) => pairLines(program, pair, factOf));
  const rest = pairs.length > pairsMax ? [`  and ${pairs.length - pairsMax} more`] : [];
  return [title, ...shown, ...rest, ''];
}

function pairLines(
  program: Program,
  pair: Pair,
  factOf: (kind: string, id: string) => Fact | null,
): readonly string[] {
  const period = pair.period === '' ? '' : `, ${pair.period}`;
  const ours = amountFigure(program, pair.ours, pair.asset);
  const theirs = amountFigure(program, pair.theirs, pair.asset);
  const difference = signedFigure(program, pair.difference, pair.asset);
  const place = pair.section === null ? '' : ` (${sectionMark(pair.section).replace(/:$/, '')})`;
  return [
    `  ${pair.payee}, ${pair.component}${place}${period}: ours ${ours}, theirs ${theirs}, difference ${difference}`,
    ...causeSentences(program, pair, factOf).map((text) => `    ${text}`),
  ];
}

/** What seems to be behind the difference, in sentences. */
function causeSentences(
  program: Program,
  pair: Pair,
  factOf: (kind: string, id: string) => Fact | null,
): readonly string[] {
  const { cause } = pair;
  if (cause === null) return ['No clause of the agreement has this name.'];
  const size = pair.difference < 0n ? -pair.difference : pair.difference;
  const amount = amountFigure(program, size, pair.asset);
  const names = cause.lines.map((line) => lineWords(program, line, pair.asset, factOf));
  const [line] = cause.lines;
  switch (cause.kind) {
    case 'own':
    case 'own pair': {
      const lead = `The difference ${amount} equals ${listed(names)}.`;
      const guess =
        pair.difference > 0n ? 'It seems to be left out there.' : 'It seems to be counted twice there.';
      return [lead, cause.lines.length > 1 ? guess.replace('It seems', 'They seem') : guess];
    }
    case 'period':
      return [`The difference ${amount} equals ${listed(names)}, which counts here in ${line?.period}.`];
    case 'payee':
      return [`The difference ${amount} equals ${listed(names)}, which counts here for ${line?.payee}.`];
    case 'none':
      return names.length === 0
        ? ['There is no line here that it could come from.']
        : [`No one or two lines make the difference. The largest lines are ${listed(names)}.`];
  }
}

/** "5% of Deal D-17 (Amount USD 1,500)" where the line is such a share, else "the line of Deal D-17, USD 75.00". */
function lineWords(
  program: Program,
  line: CauseLine,
  asset: string,
  factOf: (kind: string, id: string) => Fact | null,
): string {
  const fact = factOf(line.kind, line.id);
  const kind = program.factKinds.find(({ id }) => id === line.kind);
  const field = kind?.fields.find(
    ({ type }) => type.kind === 'quantity' && type.unit.length === 1 && type.unit[0]?.base === asset,
  );
  const value = field === undefined ? undefined : fact?.fields[field.name];
  const name = `${line.kind} ${line.id}`;
  if (field !== undefined && value?.kind === 'quantity') {
    const share = percentOf(line.amount, assetOf(program, asset).decimals, value.value);
    if (share !== null) return `${share} of ${name} (${field.name} ${figureOf(field.type, value)})`;
  }
  return `the line of ${name}, ${amountFigure(program, line.amount, asset)}`;
}

/** The share in percent when it has at most two decimals and lies between nothing and the whole. */
function percentOf(minor: bigint, decimals: number, whole: Rational): string | null {
  const share = divide(rational(minor, 10n ** BigInt(decimals)), whole);
  if (share === null || share.n <= 0n || share.n > share.d) return null;
  const percent = multiply(share, rational(100));
  return multiply(percent, rational(100)).d === 1n ? `${numberFigure(percent)}%` : null;
}
