// SPDX-License-Identifier: Apache-2.0
// A made-up export of a CRM, the same for the same seed: about two thousand deals of a year, as untidy as real
// exports are. Open deals have no customer, products are written in two ways, two forms of dates are mixed, some rows
// stand twice, and a few cannot be read.

export interface DemoFiles {
  readonly 'sales_pipeline.csv': string;
  readonly 'sales_teams.csv': string;
}

const representatives = [
  'Ada Brandt',
  'Bela Novak',
  'Chiara Russo',
  'Dario Klein',
  'Elif Aydin',
  'Finn Olsen',
  'Greta Lind',
  'Hugo Marchand',
  'Ines Costa',
  'Jonas Weber',
  'Kira Sato',
  'Leo Fontaine',
  'Mira Patel',
  'Nils Berg',
  'Olga Petrova',
] as const;
const managers = ['Rosa Keller', 'Samir Haddad', 'Tessa Vos'] as const;
const syllables = [
  'Al',
  'Bor',
  'Cel',
  'Dor',
  'Ever',
  'Fal',
  'Gren',
  'Hol',
  'Ister',
  'Jun',
  'Kel',
  'Lum',
] as const;
const endings = ['ane Works', 'tec', ' & Sons', 'um Supplies', 'field Tools', 'mark'] as const;
const products = [
  ['Drill 200', 480],
  ['Drill200', 480],
  ['Saw Pro', 1250],
  ['Lathe X', 5400],
  ['Press Compact', 2650],
] as const;

/** Numbers from 0 to below 1, the same for the same seed (mulberry32, Tommy Ettinger, public domain). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The files of the demonstration. */
export function demoFiles(seed = 7, deals = 2000): DemoFiles {
  const next = random(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!;
  const accounts = syllables.flatMap((syllable) => endings.map((ending) => `${syllable}${ending}`));
  const rows: string[] = [];
  for (let number = 1; number <= deals; number += 1) {
    const representative = representatives[Math.floor(next() ** 1.4 * representatives.length)]!;
    const [product, price] = pick(products);
    const engaged = Math.floor(next() * 330);
    const taken = 2 + Math.floor(next() * next() * 110);
    const closed = engaged + taken;
    const chance = next();
    const isOpen = closed > 364 || chance < 0.12;
    const stage = isOpen ? (chance < 0.04 ? 'Prospecting' : 'Engaging') : chance < 0.42 ? 'Lost' : 'Won';
    const value = isOpen ? '' : stage === 'Lost' ? '0' : String(Math.round(price * (0.8 + next() * 0.35)));
    const isIso = next() < 0.05;
    const cells = [
      `H-${String(number).padStart(4, '0')}`,
      representative,
      product,
      isOpen && next() < 0.6 ? '' : quoted(pick(accounts)),
      stage,
      dateText(engaged, isIso),
      isOpen ? '' : dateText(closed, isIso),
      value,
    ];
    rows.push(cells.join(','));
    if (next() < 0.004) rows.push(cells.join(','));
  }
  rows.push(
    'H-9001,Ada Brandt,Saw Pro,Boruntec,Won,2/3/2026,2/30/2026,1190',
    'H-9002,Ada Brandt,Lathe X,Celtec,Won,3/1/2026,3/20/2026,"5,400"',
    'H-9003,Finn Olsen,Saw Pro,Dortec,Won,3/4/2026,4/2/2026,EUR 1210',
    'H-9004,Ines Costa,Saw Pro,Faltec,Won,5/4/2026,6/2/2026',
  );
  return {
    'sales_pipeline.csv': `opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\r\n${rows.join('\r\n')}\r\n`,
    'sales_teams.csv': `sales_agent,manager,regional_office\n${representatives.map((name, index) => `${name},${managers[index % managers.length]},Office ${(index % 3) + 1}`).join('\n')}\n`,
  };
}

function quoted(text: string): string {
  return text.includes('&') ? `"${text}"` : text;
}

const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** The day of 2026 with this number, counting from 0, in one of two forms. */
function dateText(dayOfYear: number, isIso: boolean): string {
  let rest = dayOfYear;
  let month = 0;
  while (month < 11 && rest >= monthLengths[month]!) rest -= monthLengths[month++]!;
  const [m, d] = [month + 1, rest + 1];
  return isIso ? `2026-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}` : `${m}/${d}/2026`;
}
