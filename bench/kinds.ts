// SPDX-License-Identifier: Apache-2.0
// One fact, and one new day, for agreements of every kind over histories of several lengths: what the books need of each
// is what changes, taken in and settled. `npm run bench -- kinds 1000 10000` measures these histories, in facts.
import { readFileSync } from 'node:fs';
import { compileEngine } from '../packages/core/engine/compiled/compile.ts';
import { compile } from '../packages/core/language/compile.ts';
import { appendFact, storeBuilder } from '../packages/core/program/fact-store.ts';
import type { AttributeFact, Fact } from '../packages/core/program/log.ts';
import type { Program, Version } from '../packages/core/program/program.ts';
import { nothingPromised, promise } from '../packages/core/program/promise.ts';
import type { Scalar } from '../packages/core/program/value.ts';
import { parseIsoDay } from '../packages/core/values/date.ts';
import { rational } from '../packages/core/values/rational.ts';
import { machineText, report, seeded } from './measure.ts';

const today = parseIsoDay('2026-11-20')!;
/** Days through which the history reaches back. */
const reach = 700;
const payees = 1000;

type Random = () => number;
interface Kind {
  readonly name: string;
  readonly versions: readonly Version[];
  readonly attributes: readonly AttributeFact[];
  readonly fact: (number: number, day: number, random: Random) => Fact;
}

const draw = `
## 9. Draw

The Representative receives at least [USD 2,000 : Draw] a quarter; what it adds is recovered from [50% : Recovery] of the pay above.

\`\`\`rapport
Company settles with each Representative each quarter "Pay", from "Commission", "Milestone bonus":
    at least Draw
    the shortfall is owed, and recovered from Recovery of the pay above it
\`\`\`
`;

const ahead = (text: string, words: string) =>
  text.replace('## 8. Worked examples', `${words}\n## 8. Worked examples`);
const hardware = readFileSync('examples/hardware-sales/agreement.md', 'utf8');
const withoutExamples = (text: string) => text.replaceAll(/^example [\s\S]*?(?=^```)/gm, '');
const first = (text: string) => text;
const example = (name: string) => first(readFileSync(`examples/${name}.md`, 'utf8'));

function programOf(text: string): Program {
  const { program, diagnostics } = compile(withoutExamples(text), 'bench');
  if (program === null) throw new Error(diagnostics.map(({ code }) => code).join(', '));
  return program;
}

const alone = (text: string): readonly Version[] => [{ program: programOf(text), from: null, to: null }];
const usd = (random: Random, most: number): Scalar => ({
  kind: 'quantity',
  value: rational(1000 + Math.floor(random() * most * 100), 100),
});
const party = (prefix: string, count: number, random: Random): Scalar => ({
  kind: 'party',
  value: `${prefix}-${Math.floor(random() * count)}`,
});
const on = (value: number): Scalar => ({ kind: 'date', value });

const deal: Kind['fact'] = (number, day, random) => ({
  kind: 'Deal',
  id: `D-${number}`,
  revision: 1,
  fields: {
    Representative: party('R', payees, random),
    Customer: party('C', 50_000, random),
    Stage: { kind: 'text', value: random() < 0.65 ? 'Won' : 'Lost' },
    Amount: usd(random, 9000),
    Engaged: on(day - Math.floor(random() * 60)),
    Closed: on(day),
  },
});
const plainDeal: Kind['fact'] = (number, day, random) => {
  const { Representative, Amount, Closed } = deal(number, day, random).fields;
  return {
    kind: 'Deal',
    id: `D-${number}`,
    revision: 1,
    fields: { Representative: Representative!, Amount: Amount!, Closed: Closed! },
  };
};
const purchase: Kind['fact'] = (number, day, random) => ({
  kind: 'Purchase',
  id: `P-${number}`,
  revision: 1,
  fields: { Member: party('M', payees, random), Amount: usd(random, 90), Bought: on(day) },
});
const clubPurchase: Kind['fact'] = (number, day, random) => {
  const fact = purchase(number, day, random);
  return { ...fact, fields: { ...fact.fields, Line: { kind: 'quantity', value: rational(number) } } };
};
/** Invoices, and payments of one of the last thirty invoices or so. */
const cash: Kind['fact'] = (number, day, random) =>
  number % 2 === 0
    ? {
        kind: 'Invoice',
        id: `I-${number}`,
        revision: 1,
        fields: { Representative: party('R', payees, random), Total: usd(random, 900), Issued: on(day) },
      }
    : {
        kind: 'Payment',
        id: `B-${number}`,
        revision: 1,
        fields: {
          Invoice: { kind: 'fact', value: `I-${Math.max(0, number - 1 - 2 * Math.floor(random() * 30))}` },
          Amount: usd(random, 500),
          Received: on(day),
        },
      };

const attribute = (of: string, name: string, value: Scalar): AttributeFact => ({
  party: 'Representative',
  of,
  attribute: name,
  value,
  from: null,
  through: null,
});
const everybody = (make: (of: string, index: number) => AttributeFact): readonly AttributeFact[] =>
  Array.from({ length: payees }, (_, index) => make(`R-${index}`, index));
const managers = everybody((of, index) =>
  attribute(of, 'Manager', { kind: 'party', value: `M-${index % 50}` }),
);

function kindsOf(): readonly Kind[] {
  const amended = programOf(hardware.replace('[5% : Base Rate]', '[6% : Base Rate]'));
  const change = today - 100;
  return [
    { name: 'sales', versions: alone(hardware), attributes: managers, fact: deal },
    { name: 'sales with a draw', versions: alone(ahead(hardware, draw)), attributes: managers, fact: deal },
    {
      name: 'sales, amended once',
      versions: [
        { program: programOf(hardware), from: null, to: change },
        { program: amended, from: change, to: null },
      ],
      attributes: managers,
      fact: deal,
    },
    {
      name: 'scorecard',
      versions: alone(example('mbo-and-scorecard')),
      attributes: everybody((of) => attribute(of, 'Joined', on(today - reach))),
      fact: plainDeal,
    },
    { name: 'release on cash', versions: alone(example('release-on-cash')), attributes: [], fact: cash },
    {
      name: 'record club',
      versions: alone(readFileSync('examples/record-club/agreement.md', 'utf8')),
      attributes: [],
      fact: clubPurchase,
    },
    { name: 'club with tiers', versions: alone(example('status-tiers')), attributes: [], fact: purchase },
  ];
}

/** Processor time of each of so many steps, but no longer than some seconds in all. */
function micros(
  most: number,
  step: (number: number) => unknown,
): { readonly each: number; readonly count: number } {
  const until = performance.now() + 4000;
  let used = process.cpuUsage();
  let count = 0;
  let warming = Math.floor(most / 5);
  for (let number = 0; number < most && performance.now() < until; number += 1) {
    if (warming === number) {
      used = process.cpuUsage();
      count = 0;
      warming = -1;
    }
    step(number);
    count += 1;
  }
  const { user, system } = process.cpuUsage(used);
  return { each: (user + system) / count, count };
}

function measure({ name, versions, attributes, fact }: Kind, history: number): void {
  const random = seeded(5);
  const store = storeBuilder(versions.at(-1)!.program, history);
  store.attributes.push(...attributes);
  for (let number = 0; number < history; number += 1)
    appendFact(store, fact(number, today - reach + Math.floor((number / history) * reach), random));
  const promised = nothingPromised();
  const engine = compileEngine(versions).open(store, today);
  promise(promised, engine.takePromises());
  const take = (entry: Parameters<typeof engine.append>[0]): number => {
    engine.tell({ settled: [], promised });
    const changes = [...engine.append(entry), ...engine.settle()];
    promise(promised, engine.takePromises());
    return changes.length;
  };
  const facts = micros(5000, (number) =>
    take({
      kind: 'fact',
      fact: fact(history + number, today - Math.floor(random() * 90), random),
      recordedOn: null,
    }),
  );
  const days = micros(40, (number) => take({ kind: 'day', day: today + 1 + number }));
  const text = (value: number) => value.toFixed(value < 100 ? 1 : 0).padStart(9);
  report(
    `${name}, ${history.toLocaleString('en')} facts`,
    `a fact ${text(facts.each)} µs (${facts.count}), a day ${text(days.each)} µs (${days.count})`,
  );
}

console.log(machineText());
const histories = process.argv.slice(2).flatMap((option) => (/^\d+$/.test(option) ? [Number(option)] : []));
const wanted = process.argv.slice(2).filter((option) => !/^\d+$/.test(option));
for (const kind of kindsOf())
  if (wanted.length === 0 || wanted.includes(kind.name))
    for (const history of histories.length > 0 ? histories : [1000, 10_000, 100_000]) measure(kind, history);
