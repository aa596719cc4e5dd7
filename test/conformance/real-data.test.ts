// SPDX-License-Identifier: Apache-2.0
// Two whole plans on real data against figures that an independent program computed: 8,800 sales opportunities of a
// hardware vendor, 69,659 purchases of 23,544 members of a record club. Runs where the data is unpacked beside the
// repository, in ../shared/data; elsewhere it is not part of the run.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { evaluate } from '../../packages/core/engine/reference/evaluate.ts';
import { compile } from '../../packages/core/language/compile.ts';
import type { Entitlement } from '../../packages/core/program/entitlement.ts';
import type { AttributeFact, Fact } from '../../packages/core/program/log.ts';
import type { Program } from '../../packages/core/program/program.ts';
import type { Scalar } from '../../packages/core/program/value.ts';
import { type Day, dayOf, parseIsoDay } from '../../packages/core/values/date.ts';
import { parseDecimal, rational } from '../../packages/core/values/rational.ts';

const repository = fileURLToPath(new URL('../../', import.meta.url));
const places = ['../shared', '../../shared'].map((place) => `${repository}${place}`);
const place = places.find((candidate) => existsSync(`${candidate}/data`)) ?? places[0];
const data = `${place}/data`;
const cases = `${place}/cases`;
const hasData = existsSync(data) && existsSync(cases);

function programOf(folder: string): Program {
  const path = `${repository}examples/${folder}/agreement.md`;
  const { program, diagnostics } = compile(readFileSync(path, 'utf8'), path);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  if (program === null) throw new Error(`${path} does not compile.`);
  return program;
}

function linesOf(file: string): string[] {
  return readFileSync(`${data}/${file}`, 'utf8').trim().split(/\r?\n/);
}

function dollars(text: string): Scalar {
  const value = parseDecimal(text);
  if (value === null) throw new Error(`${text} is no amount.`);
  return { kind: 'quantity', value };
}

/** The day of "3/1/2017": month, day, year. */
function americanDay(text: string): Day {
  const [month, day, year] = text.split('/').map(Number);
  const on = dayOf(year ?? 0, month ?? 0, day ?? 0);
  if (on === null) throw new Error(`${text} is no date.`);
  return on;
}

function isoDay(text: string): Day {
  const on = parseIsoDay(text);
  if (on === null) throw new Error(`${text} is no date.`);
  return on;
}

/** Amounts by component, payee and period. */
function totals(entitlements: readonly Entitlement[]): Map<string, bigint> {
  return new Map(
    entitlements
      .filter(({ amount }) => amount !== 0n)
      .map(({ component, payee, period, amount }) => [`${component}|${payee}|${period}`, amount]),
  );
}

function sales(): { readonly facts: readonly Fact[]; readonly attributes: readonly AttributeFact[] } {
  const facts = linesOf('crm/sales_pipeline.csv')
    .slice(1)
    .map((line): Fact => {
      const [id, agent, , account, stage, engaged, closed, value] = line.split(',');
      const fields: Record<string, Scalar> = {
        Representative: { kind: 'party', value: agent ?? '' },
        Stage: { kind: 'text', value: stage ?? '' },
      };
      if (account) fields['Customer'] = { kind: 'party', value: account };
      if (engaged) fields['Engaged'] = { kind: 'date', value: americanDay(engaged) };
      if (closed) fields['Closed'] = { kind: 'date', value: americanDay(closed) };
      if (value) fields['Amount'] = dollars(value);
      return { kind: 'Deal', id: id ?? '', revision: 1, fields };
    });
  const attributes = linesOf('crm/sales_teams.csv')
    .slice(1)
    .map((line): AttributeFact => {
      const [agent, manager] = line.split(',');
      const value: Scalar = { kind: 'party', value: manager ?? '' };
      return {
        party: 'Representative',
        of: agent ?? '',
        attribute: 'Manager',
        value,
        from: null,
        through: null,
      };
    });
  return { facts, attributes };
}

function purchases(): readonly Fact[] {
  return linesOf('cdnow/purchases.txt').map((line, index): Fact => {
    const [member = '', on = '', , value = ''] = line.trim().split(/\s+/);
    return {
      kind: 'Purchase',
      id: `P-${index + 1}`,
      revision: 1,
      fields: {
        Member: { kind: 'party', value: member },
        Line: { kind: 'quantity', value: rational(index + 1) },
        Amount: dollars(value),
        Bought: { kind: 'date', value: isoDay(`${on.slice(0, 4)}-${on.slice(4, 6)}-${on.slice(6)}`) },
      },
    };
  });
}

describe.runIf(hasData)('on real data', () => {
  test('hardware sales agrees in every component, payee and period', () => {
    const versions = [{ program: programOf('hardware-sales'), from: null, to: null }];
    const known = { ...sales(), decisions: [], openings: [], asOf: isoDay('2017-12-31') };
    const given = totals(evaluate(versions, known).entitlements);
    const { detail } = JSON.parse(readFileSync(`${cases}/crm-plan-expected.json`, 'utf8')) as {
      detail: Record<string, Record<string, string>>;
    };
    const expected = new Map(
      Object.entries(detail).flatMap(([component, amounts]) =>
        Object.entries(amounts).flatMap(([key, amount]): [string, bigint][] => {
          const minor = BigInt(amount.replace('.', ''));
          return minor === 0n ? [] : [[`${component}|${key}`, minor]];
        }),
      ),
    );
    expect(given.size).toBe(expected.size);
    expect([...given].filter(([key, amount]) => expected.get(key) !== amount)).toEqual([]);
  });

  test('the record club agrees in every member', () => {
    const versions = [{ program: programOf('record-club'), from: null, to: null }];
    const known = {
      facts: purchases(),
      attributes: [],
      decisions: [],
      openings: [],
      asOf: isoDay('2022-06-30'),
    };
    const given = totals(evaluate(versions, known).entitlements);
    const { totals: sums, members } = JSON.parse(
      readFileSync(`${cases}/cdnow-plan-expected.json`, 'utf8'),
    ) as { totals: Record<string, number>; members: Record<string, Record<string, number>> };
    const components = [
      ['Points issued', 'issued', 1],
      ['Points used', 'redeemed', 1],
      ['Points expired', 'expired', 1],
      ['Points open', 'balance', 1],
      ['Voucher', 'vouchers', 500],
    ] as const;
    for (const [component, figure, each] of components) {
      const ofComponent = [...given].filter(([key]) => key.startsWith(`${component}|`));
      const sum = ofComponent.reduce((total, [, amount]) => total + amount, 0n);
      expect([component, sum]).toEqual([component, BigInt((sums[figure] ?? 0) * each)]);
      for (const [member, figures] of Object.entries(members)) {
        const amount = given.get(`${component}|${member}|`) ?? 0n;
        expect([component, member, amount]).toEqual([
          component,
          member,
          BigInt((figures[figure] ?? 0) * each),
        ]);
      }
    }
    expect([...given.keys()].filter((key) => key.startsWith('Voucher|'))).toHaveLength(
      sums['members_with_voucher'] ?? 0,
    );
  }, 300_000);
});
