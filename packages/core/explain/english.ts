// SPDX-License-Identifier: Apache-2.0
// The small grammar of English that readings need: articles, plurals, lists, possessives. Words in, words out; it
// knows nothing of programs, so that another language can stand in its place.

/** "a Deal", "an Agent", "an hour"; by sound where the spelling misleads. */
export function withArticle(noun: string): string {
  const isVowelSound =
    /^([aeio]|u(?!ni|se|sa|r[aeiou])|hour|honou?r)/i.test(noun) && !/^(one|once|eu)/i.test(noun);
  return `${isVowelSound ? 'an' : 'a'} ${noun}`;
}

/** The plural of the last word: "Company" → "Companies", "Rate Class" → "Rate Classes". */
export function pluralOf(noun: string): string {
  if (/[^aeiou]y$/i.test(noun)) return `${noun.slice(0, -1)}ies`;
  if (/(s|x|z|ch|sh)$/i.test(noun)) return `${noun}es`;
  return `${noun}s`;
}

/** "one Deal", "5 Deals": a count with its noun. */
export function counted(
  count: number | bigint,
  singular: string,
  plural: string = pluralOf(singular),
): string {
  return `${count} ${Number(count) === 1 ? singular : plural}`;
}

/** "Deal" → "Deal's", "Sales" → "Sales'". */
export function possessiveOf(noun: string): string {
  return noun.endsWith('s') ? `${noun}’` : `${noun}’s`;
}

/** "A", "A and B", "A, B and C". */
export function listed(parts: readonly string[], joint: 'and' | 'or' = 'and'): string {
  if (parts.length <= 1) return parts[0] ?? '';
  return `${parts.slice(0, -1).join(', ')} ${joint} ${parts[parts.length - 1]}`;
}

/** The sentence with a capital first letter and a full stop (unless it ends with a colon, stop or mark). */
export function sentence(text: string): string {
  const trimmed = text.trim();
  const capital = trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
  return /[.:!?]$/.test(capital) ? capital : `${capital}.`;
}

/** "one", "two" … "twelve", then digits: how a small number reads inside a sentence. */
export function numberWord(count: number): string {
  const words = [
    'no',
    'one',
    'two',
    'three',
    'four',
    'five',
    'six',
    'seven',
    'eight',
    'nine',
    'ten',
    'eleven',
    'twelve',
  ];
  return words[count] ?? `${count}`;
}
