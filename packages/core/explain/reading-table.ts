// SPDX-License-Identifier: Apache-2.0
// Tables as small lists, one band a line: "of the first USD 50,000 (First Step): 5% (Base Rate)". The lead sentence
// says what the mode does with the bands. The lists fit the bounds exactly: inclusive and exclusive ends differ.
import type { Band, BandTable, Key, MatrixTable, Table } from '../program/declaration.ts';
import { readFigure } from './reading-expression.ts';
import type { Voice } from './voice.ts';

/** The lead sentence, then one line "- …" for each band or row. */
export function readTable(voice: Voice, table: Table): readonly string[] {
  return table.kind === 'bands' ? readBands(voice, table) : readMatrix(voice, table);
}

/** What the mode does, as a sentence that ends in a colon. */
function modeSentence(table: BandTable): string {
  switch (table.mode) {
    case 'slice':
      return `The ${table.id} table pays each slice at its own rate:`;
    case 'whole':
      return `The ${table.id} table pays one rate on the whole, the rate of the band that the whole reaches:`;
    case 'reached':
      return `The ${table.id} table gives one amount, that of the band reached:`;
    case 'proportion':
      return `The ${table.id} table gives the amount of each band, in proportion to how much of the band is filled:`;
    case 'lines':
      return `The ${table.id} table gives a value that moves along straight lines:`;
  }
}

function readBands(voice: Voice, table: BandTable): readonly string[] {
  const lines = table.bands.map((band, index) => {
    const result = readFigure(voice, band.result);
    return `- ${bandWords(voice, table, band, index)}: ${result}${slopeWords(voice, band)}`;
  });
  const open =
    table.bands[table.bands.length - 1]?.to != null
      ? ['Above the last of these bands the table gives no result.']
      : [];
  return [modeSentence(table), ...lines, ...open];
}

function bandWords(voice: Voice, table: BandTable, band: Band, index: number): string {
  const isSliced = table.mode === 'slice' || table.mode === 'proportion';
  return isSliced ? sliceWords(voice, band, index) : rangeWords(voice, band);
}

/** "of the first X", "of what lies between X and Y", "of what is above Y". */
function sliceWords(voice: Voice, band: Band, index: number): string {
  const from = band.from === null ? null : readFigure(voice, band.from.value);
  const to = band.to === null ? null : readFigure(voice, band.to.value);
  if (to === null) return from === null ? 'of everything' : `of the part above ${from}`;
  if (from === null || index === 0) return `of the first ${to}`;
  return `of the part from there to ${to}`;
}

/** "up to and including X", "more than X, up to and including Y", "from X to below Y". */
export function rangeWords(voice: Voice, band: Pick<Band, 'from' | 'to'>): string {
  const to =
    band.to === null
      ? null
      : `${band.to.inclusive ? 'up to and including' : 'below'} ${readFigure(voice, band.to.value)}`;
  if (band.from === null) return to ?? 'always';
  const from = `${band.from.inclusive ? 'from' : 'above'} ${readFigure(voice, band.from.value)}`;
  if (to === null) return band.from.inclusive ? `${from} on` : from;
  return `${from}, ${to}`;
}

function slopeWords(voice: Voice, band: Band): string {
  if (band.slope === null) return '';
  const per = `${band.slope.whole ? 'whole ' : ''}${readFigure(voice, band.slope.per)}`;
  return `, and ${readFigure(voice, band.slope.rising)} more for each ${per} above the start of the band`;
}

function readMatrix(voice: Voice, table: MatrixTable): readonly string[] {
  const isList = table.columns.length === 0;
  const lead = isList
    ? `The ${table.id} table gives, for each:`
    : `The ${table.id} table gives, by row and by column:`;
  const rows = table.rows.map((row, index) => {
    const cells = table.cells[index] ?? [];
    const results = isList
      ? cells.slice(0, 1).map((cell) => readFigure(voice, cell))
      : cells.map((cell, column) => `${keyWords(voice, table.columns[column])} ${readFigure(voice, cell)}`);
    return `- ${keyWords(voice, row)}: ${results.join('; ')}`;
  });
  const isOpen = !table.rows.some(
    (row) => row.kind === 'otherwise' || (row.kind === 'band' && row.to === null),
  );
  return [lead, ...rows, ...(isOpen ? ['Anything else has no result in this table.'] : [])];
}

/** A row or column of a matrix: "5% (Rate)", "from USD 10 on", "anything else". */
export function keyWords(voice: Voice, key: Key | undefined): string {
  if (key === undefined || key.kind === 'otherwise') return 'anything else';
  return key.kind === 'is' ? readFigure(voice, key.value) : rangeWords(voice, key);
}
