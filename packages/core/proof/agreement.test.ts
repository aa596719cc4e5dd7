// SPDX-License-Identifier: Apache-2.0
// What changes the hash of an agreement and of a clause, and what does not.
import { describe, expect, test } from 'vitest';
import { sampleProgram } from '../explain/sample-program.ts';
import type { Program } from '../program/program.ts';
import { clauseHashes } from './clause-hash.ts';
import { agreementHash, canonicalDocument, proseBySection } from './document.ts';

const text = `# Plan

## 2. Commission

The Representative earns [5% : Base Rate] of the Revenue.

\`\`\`rapport
Company pays each Representative each quarter "Commission": Base Rate of Revenue
\`\`\`

It is paid monthly.
`;

describe('the hash of an agreement', () => {
  const hash = agreementHash({ text, semantics: 1 });
  test.each([
    ['line ends of another system', text.replaceAll('\n', '\r\n'), 1],
    ['a byte order mark', `\ufeff${text}`, 1],
    ['empty lines at the end', `${text}\n\n`, 1],
  ])('is the same with %s', (_, other, semantics) => {
    expect(agreementHash({ text: other, semantics })).toBe(hash);
  });
  test.each([
    ['a value', text.replace('5%', '6%'), 1],
    ['a comma of the prose', text.replace('earns', 'earns,'), 1],
    ['the version of the semantics', text, 2],
  ])('is another with another %s', (_, other, semantics) => {
    expect(agreementHash({ text: other, semantics })).not.toBe(hash);
  });
  test('does not change when it is made canonical twice', () => {
    expect(canonicalDocument(canonicalDocument(`\ufeff${text}\r\n`))).toBe(canonicalDocument(text));
  });
});

test('the prose of a section has no formulas, and its blanks have no values', () => {
  expect(proseBySection(text).get('2. Commission')).toBe(
    'The Representative earns [Base Rate] of the Revenue. It is paid monthly.',
  );
});

describe('the hashes of clauses', () => {
  const changed = (program: Program, words = text) => {
    const before = clauseHashes(sampleProgram(), text);
    return clauseHashes(program, words).flatMap((now, index) => [
      ...(now.meaning === before[index]?.meaning ? [] : [`${now.clause}: meaning`]),
      ...(now.wording === before[index]?.wording ? [] : [`${now.clause}: wording`]),
    ]);
  };
  const program = sampleProgram();
  const all = program.clauses.map(({ id }) => `${id}: wording`);
  const kind = program.factKinds[0]!;
  const field = { ...kind.fields[0]!, name: 'Region' };

  test('are the same for the same program made again, whatever the numbers of its variables', () => {
    expect(changed(sampleProgram())).toEqual([]);
  });
  test('tell the value of a blank from the clauses that do not use it', () => {
    expect(changed(sampleProgram(6))).toEqual(['Commission: meaning']);
  });
  test('follow a definition through the names that use it', () => {
    const won = {
      ...program.derivedKinds[0]!,
      rule: { kind: 'last' as const, each: program.values[0]!.body, unit: null },
    };
    expect(changed({ ...program, derivedKinds: [won, program.derivedKinds[1]!] })).toEqual(
      program.clauses.map(({ id }) => `${id}: meaning`),
    );
  });
  test('tell wording from meaning', () => {
    expect(changed(program, text.replace('paid monthly', 'paid each month'))).toEqual(all);
  });
  test('do not mind a new field or blank that nothing uses, nor a place in the text', () => {
    const blank = { ...program.blanks[0]!, id: 'Unused', text: '5.00%' };
    const moved = program.blanks.map((one) => ({
      ...one,
      text: `${one.text} `,
      at: { ...one.at, source: 'other' },
    }));
    expect(
      changed({
        ...program,
        blanks: [...moved, blank],
        factKinds: [{ ...kind, fields: [...kind.fields, field] }],
      }),
    ).toEqual([]);
  });
  test('mind the calendar, the order in which points are used, and the version of the semantics', () => {
    expect(changed({ ...program, semantics: 2 })).toHaveLength(4);
    expect(changed({ ...program, policies: { ...program.policies, zone: 'Europe/Zurich' } })).toHaveLength(4);
    const burn = { asset: 'USD', order: ['issue'] as const, pool: null, at: kind.at };
    expect(changed({ ...program, burns: [burn] })).toHaveLength(4);
  });
});
