// SPDX-License-Identifier: Apache-2.0
// Periods by example: calendar years, fiscal years, retail years by rule and by list, and years of a contract.
// The dates of retail years are those that were published: the National Retail Federation's 4-5-4 calendar, and
// the annual reports of companies whose year ends on the last Saturday of a month.
import { describe, expect, test } from 'vitest';
import {
  type Calendar,
  calendarProblem,
  civilCalendar,
  type PeriodUnit,
  type RetailCalendar,
} from './calendar.ts';
import { isoDay, parseIsoDay } from './date.ts';
import {
  contractPeriod,
  nextPeriod,
  parsePeriod,
  periodContaining,
  periodsBetween,
  previousPeriod,
  shiftPeriod,
} from './period.ts';

const day = (text: string) => parseIsoDay(text)!;
const civilYear = civilCalendar('UTC');
const fromJuly: Calendar = { ...civilYear, yearStartMonth: 7 };
const fromAprilNamedByStart: Calendar = { ...civilYear, yearStartMonth: 4, yearNamedBy: 'start' };
const sundayWeeks: Calendar = { ...civilYear, weekStart: 7 };
const federation: RetailCalendar = {
  kind: 'retail',
  zone: 'America/New_York',
  pattern: '4-5-4',
  years: { kind: 'weekday nearest month end', weekday: 6, month: 1 },
  yearNamedBy: 'start',
};
const lastSaturdayOfSeptember: RetailCalendar = {
  kind: 'retail',
  zone: 'America/Los_Angeles',
  pattern: '4-4-5',
  years: { kind: 'last weekday of month', weekday: 6, month: 9 },
};
const listed: RetailCalendar = {
  kind: 'retail',
  zone: 'UTC',
  pattern: '5-4-4',
  years: {
    kind: 'listed',
    firstYear: 2025,
    starts: [day('2024-12-30'), day('2025-12-29'), day('2027-01-04')],
  },
};

type Row = readonly [
  name: string,
  calendar: Calendar,
  unit: PeriodUnit,
  day: string,
  label: string,
  span: string,
];

const rows: readonly Row[] = [
  ['calendar year', civilYear, 'day', '2017-03-01', '2017-03-01', '2017-03-01 2017-03-01'],
  ['calendar year', civilYear, 'week', '2017-02-05', '2017-W05', '2017-01-30 2017-02-05'],
  ['calendar year', civilYear, 'week', '2021-01-03', '2020-W53', '2020-12-28 2021-01-03'],
  ['calendar year', civilYear, 'week', '2018-12-31', '2019-W01', '2018-12-31 2019-01-06'],
  ['weeks from Sunday', sundayWeeks, 'week', '2017-02-05', '2017-W06', '2017-02-05 2017-02-11'],
  ['calendar year', civilYear, 'month', '2024-02-15', '2024-02', '2024-02-01 2024-02-29'],
  ['calendar year', civilYear, 'quarter', '2017-03-31', '2017-Q1', '2017-01-01 2017-03-31'],
  ['calendar year', civilYear, 'half', '2017-07-01', '2017-H2', '2017-07-01 2017-12-31'],
  ['calendar year', civilYear, 'year', '2017-12-31', '2017', '2017-01-01 2017-12-31'],
  ['year from July', fromJuly, 'year', '2025-07-01', 'FY2026', '2025-07-01 2026-06-30'],
  ['year from July', fromJuly, 'quarter', '2026-06-30', 'FY2026-Q4', '2026-04-01 2026-06-30'],
  ['year from July', fromJuly, 'half', '2026-01-01', 'FY2026-H2', '2026-01-01 2026-06-30'],
  ['year from July', fromJuly, 'month', '2026-03-09', '2026-03', '2026-03-01 2026-03-31'],
  ['year from April', fromAprilNamedByStart, 'year', '2026-03-31', 'FY2025', '2025-04-01 2026-03-31'],
  ['retail federation', federation, 'year', '2023-06-01', 'FY2023', '2023-01-29 2024-02-03'],
  ['retail federation', federation, 'year', '2024-02-04', 'FY2024', '2024-02-04 2025-02-01'],
  ['retail federation', federation, 'month', '2023-12-31', 'FY2023-P12', '2023-12-31 2024-02-03'],
  ['retail federation', federation, 'month', '2024-03-10', 'FY2024-P02', '2024-03-03 2024-04-06'],
  ['retail federation', federation, 'week', '2024-02-03', 'FY2023-W53', '2024-01-28 2024-02-03'],
  ['retail federation', federation, 'quarter', '2023-11-20', 'FY2023-Q4', '2023-10-29 2024-02-03'],
  ['last Saturday', lastSaturdayOfSeptember, 'year', '2023-09-30', 'FY2023', '2022-09-25 2023-09-30'],
  ['last Saturday', lastSaturdayOfSeptember, 'quarter', '2022-12-24', 'FY2023-Q1', '2022-09-25 2022-12-24'],
  ['last Saturday', lastSaturdayOfSeptember, 'half', '2024-09-28', 'FY2024-H2', '2024-03-31 2024-09-28'],
  ['listed years', listed, 'year', '2026-06-01', 'FY2026', '2025-12-29 2027-01-03'],
  ['listed years', listed, 'month', '2025-01-31', 'FY2025-P01', '2024-12-30 2025-02-02'],
];

describe('a day lies in a period', () => {
  test.each(rows)('$0: the $2 of $3 is $4', (_name, calendar, unit, text, label, span) => {
    const period = periodContaining(calendar, unit, day(text));
    expect(period.label).toBe(label);
    expect(`${isoDay(period.start)} ${isoDay(period.end)}`).toBe(span);
    expect(parsePeriod(calendar, label)).toEqual(period);
  });
});

describe('labels', () => {
  test.each([
    '2017-Q5',
    '2017-Q0',
    '2017-13',
    '2017-00',
    '2017-W53',
    '2017-W00',
    '2017-W5',
    'FY2017',
    '2017-H3',
    '2017-02-29',
    '0000',
    '',
    'Q1',
  ])('%j names nothing in a calendar year', (label) => {
    expect(parsePeriod(civilYear, label)).toBeNull();
  });

  test.each(['FY2024-W53', 'FY2023-P13', 'FY2023-Q5', 'FY2023-P1', '2023-Q1'])(
    '%s names nothing in a retail year of 52 weeks or twelve months',
    (label) => {
      expect(parsePeriod(federation, label)).toBeNull();
    },
  );

  test('beyond the listed years name nothing', () => {
    expect(parsePeriod(listed, 'FY2026')?.label).toBe('FY2026');
    expect(parsePeriod(listed, 'FY2027')).toBeNull();
    expect(parsePeriod(listed, 'FY2024')).toBeNull();
    expect(() => periodContaining(listed, 'year', day('2027-01-04'))).toThrow('outside the listed years');
  });
});

describe('neighbours', () => {
  test.each([
    [civilYear, '2017-Q1', -1, '2016-Q4'],
    [civilYear, '2017-W01', -1, '2016-W52'],
    [civilYear, '2017-03-01', -1, '2017-02-28'],
    [fromJuly, 'FY2026-Q4', 1, 'FY2027-Q1'],
    [federation, 'FY2023-W53', 1, 'FY2024-W01'],
    [federation, 'FY2024-P01', -1, 'FY2023-P12'],
    [civilYear, 'Y2 from 2017-03-15', 1, 'Y3 from 2017-03-15'],
  ] as const)('$1 shifted by $2 is $3', (calendar, label, by, result) => {
    const period = parsePeriod(calendar, label)!;
    expect(shiftPeriod(calendar, period, by).label).toBe(result);
    expect(shiftPeriod(calendar, shiftPeriod(calendar, period, by), -by)).toEqual(period);
  });

  test('before and after are one step', () => {
    const quarter = parsePeriod(civilYear, '2017-Q1')!;
    expect(previousPeriod(civilYear, quarter).label).toBe('2016-Q4');
    expect(nextPeriod(civilYear, quarter).label).toBe('2017-Q2');
  });

  test('between two days are all that hold one of them', () => {
    const labels = (from: string, through: string) =>
      periodsBetween(civilYear, 'month', day(from), day(through)).map((period) => period.label);
    expect(labels('2016-12-31', '2017-02-01')).toEqual(['2016-12', '2017-01', '2017-02']);
    expect(labels('2017-02-01', '2017-02-01')).toEqual(['2017-02']);
    expect(labels('2017-02-02', '2017-02-01')).toEqual([]);
    expect(() => periodsBetween(civilYear, 'day', 0, 40_000)).toThrow('more than 40000');
  });
});

test.each([
  ['2017-01-31', 'month', '2017-02-27', 'M1 from 2017-01-31', '2017-01-31 2017-02-27'],
  ['2017-01-31', 'month', '2017-02-28', 'M2 from 2017-01-31', '2017-02-28 2017-03-30'],
  ['2017-01-31', 'month', '2017-03-31', 'M3 from 2017-01-31', '2017-03-31 2017-04-29'],
  ['2017-03-15', 'quarter', '2017-06-14', 'Q1 from 2017-03-15', '2017-03-15 2017-06-14'],
  ['2024-02-29', 'year', '2025-02-28', 'Y2 from 2024-02-29', '2025-02-28 2026-02-27'],
  ['2017-03-15', 'year', '2017-03-14', 'Y0 from 2017-03-15', '2016-03-15 2017-03-14'],
] as const)('of a contract from %s, the %s of %s is %s', (anchor, unit, text, label, span) => {
  const period = contractPeriod(day(anchor), unit, day(text));
  expect(period.label).toBe(label);
  expect(`${isoDay(period.start)} ${isoDay(period.end)}`).toBe(span);
  expect(parsePeriod(civilYear, label)).toEqual(period);
});

test.each([
  [civilYear, null],
  [federation, null],
  [listed, null],
  [{ ...civilYear, yearStartMonth: 13 }, 'year_start_month_out_of_range'],
  [{ ...civilYear, weekStart: 0 }, 'week_start_out_of_range'],
  [{ ...federation, years: { ...lastSaturdayOfSeptember.years, weekday: 8 } }, 'year_end_out_of_range'],
  [{ ...listed, years: { kind: 'listed', firstYear: 2025, starts: [0] } }, 'too_few_year_starts'],
  [
    { ...listed, years: { kind: 'listed', firstYear: 2025, starts: [0, 365] } },
    'year_without_52_or_53_weeks',
  ],
] as readonly (readonly [Calendar, string | null])[])(
  'of such a calendar the problem is $1',
  (calendar, problem) => {
    expect(calendarProblem(calendar)).toBe(problem);
  },
);
