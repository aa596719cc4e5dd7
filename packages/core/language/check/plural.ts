// SPDX-License-Identifier: Apache-2.0
// English plurals of declared names, by rule: only the last word changes. Irregular ones are declared with their
// singular in brackets (`parties Salespeople (Salesperson)`), never guessed.

/** The plural of a singular name: Deal → Deals, Company → Companies, Bonus → Bonuses. */
export function pluralOf(singular: string): string {
  if (/[^aeiou]y$/i.test(singular)) return `${singular.slice(0, -1)}ies`;
  if (/(s|x|z|ch|sh)$/i.test(singular)) return `${singular}es`;
  return `${singular}s`;
}

/** The singular of a regular plural, or null when the word is not one: Companies → Company, Purchases → Purchase. */
export function singularOf(plural: string): string | null {
  if (/[^aeiou]ies$/i.test(plural)) return `${plural.slice(0, -3)}y`;
  if (/(ss|x|ch|sh|zz)es$/i.test(plural)) return plural.slice(0, -2);
  if (/[^oa]uses$/i.test(plural)) return plural.slice(0, -2);
  if (/[^s]s$/i.test(plural)) return plural.slice(0, -1);
  return null;
}
