// SPDX-License-Identifier: Apache-2.0
// Who takes part in the demonstration: a sales team with its managers, customers, and members of a record club. All
// are made up.

export interface DemoPerson {
  /** What other systems call them; also the name in e-mail addresses. */
  readonly reference: string;
  readonly name: string;
}

export interface DemoRepresentative extends DemoPerson {
  /** Reference of the manager. */
  readonly manager: string;
}

function people(names: readonly string[]): readonly DemoPerson[] {
  return names.map((name) => ({ reference: referenceOf(name), name }));
}

/** "Chiara Russo" → "chiara-russo". */
function referenceOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

export const managers = people(['Rosa Keller', 'Samir Haddad', 'Tessa Vos']);

export const representatives: readonly DemoRepresentative[] = people([
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
]).map((person, index) => ({ ...person, manager: managers[index % managers.length]!.reference }));

const syllables = ['Al', 'Bor', 'Cel', 'Dor', 'Ever', 'Fal', 'Gren', 'Hol', 'Ister', 'Jun', 'Kel', 'Lum'];
const endings = ['ane Works', 'tec', ' & Sons', 'um Supplies', 'field Tools', 'mark'];

/** Things are called by their names. */
export const customers: readonly string[] = syllables.flatMap((syllable) =>
  endings.map((ending) => `${syllable}${ending}`),
);

const firstNames = ['Alma', 'Bruno', 'Cleo', 'Dora', 'Emil', 'Fritz', 'Gina', 'Hana', 'Ivo', 'Jara'];
const lastNames = ['Abel', 'Berger', 'Conti', 'Dupont'];

export const members = people(lastNames.flatMap((last) => firstNames.map((first) => `${first} ${last}`)));
