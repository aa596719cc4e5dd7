// SPDX-License-Identifier: Apache-2.0
// Entry by entry the open engine says what the reference says: over every agreement and published plan, over agreements
// with draws, points and promises, and under two versions; with facts in any order, corrected and voided, with days that
// begin and periods that are closed and settled among them. Totals, what changed, promises and lines are compared.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileEngine } from '../../packages/core/engine/compiled/compile.ts';
import type { Change } from '../../packages/core/engine/compiled/incremental.ts';
import { exampleLog } from '../../packages/core/engine/examples.ts';
import { knownAt, withEntries } from '../../packages/core/engine/known.ts';
import { allOf } from '../../packages/core/engine/reference/asked.ts';
import { evaluate } from '../../packages/core/engine/reference/evaluate.ts';
import { compile } from '../../packages/core/language/compile.ts';
import { keyText } from '../../packages/core/ledger/differences.ts';
import { newOpenBooks, takeEntry } from '../../packages/core/ledger/open-books.ts';
import { bookRules } from '../../packages/core/ledger/roles.ts';
import type { Entitlement, Evaluation } from '../../packages/core/program/entitlement.ts';
import { storeBuilder } from '../../packages/core/program/fact-store.ts';
import type { Entry, FromBooks } from '../../packages/core/program/log.ts';
import type { Program, Version } from '../../packages/core/program/program.ts';
import { copyOf } from '../../packages/core/program/promise.ts';
import { canonicalText } from '../../packages/core/proof/canonical.ts';
import { periodContaining } from '../../packages/core/values/period.ts';
import { rationalText } from '../../packages/core/values/rational.ts';
import { pagesOf, type Sample, samplesOf } from '../agreement-samples.ts';
import { agreements, firstDay, lastDay, log, shuffled } from './agreements.ts';

type Total = Omit<Entitlement, 'lines'>;

function shown(totals: Iterable<Total>): readonly string[] {
  return [...totals]
    .filter(({ amount, held, waiting }) => amount !== 0n || held !== 0n || waiting.length > 0)
    .map(
      (one) =>
        `${keyText(one)} ${one.amount} ${one.held} ${rationalText(one.exact)} ${one.state} ${JSON.stringify(one.waiting)}`,
    )
    .sort();
}

function promised(promises: Evaluation['promises']): readonly string[] {
  return [...(promises?.uses ?? []), ...(promises?.grants ?? [])].map((one) => canonicalText(one)).sort();
}

/** Plays a log through the books, once by the open engine, and asks the reference the same after every entry. */
function play(versions: readonly Version[], entries: readonly Entry[], name: string): void {
  const engine = compileEngine(versions).open(storeBuilder(versions.at(-1)!.program), firstDay);
  const books = newOpenBooks(bookRules(versions.map(({ program }) => program) as [Program, ...Program[]]));
  const running = new Map<string, Total>();
  let asOf = firstDay;
  const noted: Entry[] = [];
  const take = (changes: readonly Change[]): void => {
    const keys = changes.map(keyText);
    expect(new Set(keys).size, `${name}: each key changes once`).toBe(keys.length);
    for (const { before, ...total } of changes) {
      expect(running.get(keyText(total))?.amount ?? 0n, `${name}: ${keyText(total)} before`).toBe(before);
      running.set(keyText(total), total);
    }
  };
  const asked = (told: FromBooks) => evaluate(versions, { ...knownAt(noted, asOf), ...told });
  take(engine.totals().map((total) => ({ ...total, before: 0n })));
  for (const [place, entry] of entries.entries()) {
    const where = `${name}, entry ${place} of ${JSON.stringify(entry, (_, value) => (typeof value === 'bigint' ? `${value}` : value))}`;
    takeEntry(books, entry, place + 1, ({ settled = [], promised: before }) => {
      if (entry.kind === 'day') asOf = Math.max(asOf, entry.day);
      noted.push(entry);
      const told = { settled, promised: copyOf(before!) };
      const reference = asked(told);
      engine.tell({ settled, promised: before! });
      const changes = [...engine.append(entry), ...engine.settle()];
      take(changes);
      const promises = engine.takePromises();
      expect(promised(promises), where).toEqual(promised(reference.promises));
      expect(shown(engine.totals()), where).toEqual(shown(reference.entitlements));
      expect(shown(running.values()), `${where}: changes`).toEqual(shown(reference.entitlements));
      for (const { lines, ...total } of reference.entitlements)
        if (total.amount !== 0n || total.held !== 0n)
          expect(engine.linesOf(total), `${where}: lines of ${keyText(total)}`).toEqual(lines);
      return {
        keys: changes.map(keyText),
        now: changes.map((change) => ({ ...change, lines: [] })),
        promises,
      };
    });
  }
}

test.each(agreements)('%s, entry by entry', (name, program) => {
  fc.assert(
    fc.property(log, (entries) => {
      play([{ program, from: null, to: null }], entries, name);
    }),
    { numRuns: 25 },
  );
});

test.each(agreements)('%s under two versions, entry by entry', (name, program) => {
  const change = fc.integer({ min: firstDay, max: lastDay });
  const modes = fc.constantFrom(...(['segment', 'splice', 'restate'] as const));
  fc.assert(
    fc.property(log, change, modes, (entries, day, amendments) => {
      const same = { ...program, policies: { ...program.policies, amendments } };
      const versions = [
        { program: same, from: null, to: day },
        { program: same, from: day, to: null },
      ];
      play(versions, entries, name);
    }),
    { numRuns: 10 },
  );
});

const whole = ['hardware-sales', 'record-club'].map(
  (name): Sample => ({ source: name, text: readFileSync(`examples/${name}/agreement.md`, 'utf8') }),
);
const samples = [
  ...whole,
  ...['examples', 'test/conformance'].flatMap((folder) =>
    pagesOf(folder).flatMap(({ path, text }) => samplesOf(text, path)),
  ),
];

function daysIn(entry: Entry): readonly number[] {
  if (entry.kind === 'opening') return [entry.balance.on];
  if (entry.kind !== 'fact') return [];
  return Object.values(entry.fact.fields).flatMap((value) => (value.kind === 'date' ? [value.value] : []));
}

/** The entries of an example in any order, some of the facts corrected or voided, with days and closed months among them. */
function disturbed(program: Program, entries: readonly Entry[]): fc.Arbitrary<readonly Entry[]> {
  const days = entries.flatMap(daysIn);
  const [first, last] = [Math.min(...days, firstDay), Math.max(...days, firstDay)];
  const changes = fc.array(
    fc.record({ number: fc.nat(entries.length - 1), field: fc.nat(5), isVoid: fc.nat(3) }),
    { maxLength: 3 },
  );
  const marks = fc.array(fc.tuple(fc.nat(entries.length + 3), fc.nat(last - first + 500), fc.nat(3)), {
    maxLength: 4,
  });
  return fc.tuple(changes, marks).chain(([corrected, marked]) => {
    const more = corrected.flatMap(({ number, field, isVoid }, place): Entry[] => {
      const entry = entries[number]!;
      if (entry.kind !== 'fact') return [];
      const { fact } = entry;
      const fields = Object.entries(fact.fields).filter((_, at) => at !== field);
      const revision = fact.revision + place + 1;
      return [
        {
          ...entry,
          fact: {
            ...fact,
            revision,
            fields: Object.fromEntries(fields),
            ...(isVoid === 0 ? { isVoid: true } : {}),
          },
        },
      ];
    });
    return shuffled([...entries.filter(({ kind }) => kind !== 'close'), ...more]).map((mixed) => {
      const result = [...mixed];
      const begun = marked.map(([, offset]) => first - 20 + offset).sort((a, b) => a - b);
      for (const [index, [place, , closes]] of [...marked].sort(([a], [b]) => a - b).entries()) {
        const day = begun[index]!;
        const month = periodContaining(program.policies.calendar, 'month', day - 40);
        const close: Entry = { kind: 'close', period: month.label, recordedOn: null };
        const at = Math.min(place + 2 * index, result.length);
        result.splice(at, 0, { kind: 'day', day }, ...(closes === 0 ? [close] : []));
      }
      return [...result, { kind: 'day', day: last + 500 }];
    });
  });
}

/** Every worked example with its entries disturbed. */
function cases(): readonly (readonly [string, Program, fc.Arbitrary<readonly Entry[]>])[] {
  return samples.flatMap(({ source, text }) => {
    const { program } = compile(text, source);
    return (program?.examples ?? []).flatMap((example) => {
      const learned = exampleLog(program!, example);
      return learned.entries.length === 0
        ? []
        : [[`${source}, ${example.name}`, learned.program, disturbed(program!, learned.entries)] as const];
    });
  });
}

test.each(samples.map((sample) => [sample.source, sample] as const))(
  '%s, entry by entry',
  (source, { text }) => {
    const { program } = compile(text, source);
    if (program === null) throw new Error(`${source} does not compile.`);
    for (const example of program.examples) {
      const learned = exampleLog(program, example);
      if (learned.entries.length === 0) continue;
      const versions = [{ program: learned.program, from: null, to: null }];
      fc.assert(
        fc.property(disturbed(program, learned.entries), (entries) => {
          play(versions, entries, example.name);
        }),
        { numRuns: 4 },
      );
    }
  },
);

test.each([...agreements.map(([name, program]) => [name, program, log] as const), ...cases()])(
  '%s: what is asked about as if it were there gives what it would give, and concerns nobody else',
  (name, program, entries) => {
    const versions = [{ program, from: null, to: null }];
    fc.assert(
      fc.property(entries, fc.nat(12), fc.integer({ min: 1, max: 4 }), (all, place, count) => {
        const before = all.slice(0, place);
        const more = all
          .slice(place)
          .filter(({ kind }) => kind === 'fact')
          .slice(0, count);
        const asOf = Math.max(
          firstDay,
          ...before.flatMap((entry) => (entry.kind === 'day' ? [entry.day] : [])),
        );
        const store = storeBuilder(program);
        const engine = compileEngine(versions).open(store, firstDay);
        for (const entry of before) engine.append(entry);
        const overlaid = engine.overlaid(more);
        if (overlaid === null) return;
        const known = knownAt(before, asOf);
        const [was, is] = [known, withEntries(known, more)].map(
          (one) => evaluate(versions, one).entitlements,
        );
        const theirs = [...overlaid].flatMap(
          ([payee, own]) => evaluate(versions, own, allOf(payee)).entitlements,
        );
        const others = was!.filter(({ payee }) => !overlaid.has(payee));
        expect(shown([...theirs, ...others]), name).toEqual(shown(is!));
      }),
      { numRuns: 20 },
    );
  },
);
