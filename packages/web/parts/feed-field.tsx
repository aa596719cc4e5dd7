// SPDX-License-Identifier: Apache-2.0
// One field of a fact: the column that fills it with what stands there, how its texts are written, and, when it is
// opened, texts that mean something else and texts that mean nothing.
import { Autocomplete, Button, Select, TagsInput, TextInput } from '@mantine/core';
import { dateExamples, fittingDates, fittingNumbers } from '@rapport/core/feeds/fitting-formats.ts';
import { numberExamples } from '@rapport/core/feeds/number-format.ts';
import { emptyField, type FieldDraft } from '../feeds/draft.ts';
import { type FieldOfKind, fieldFrom } from '../feeds/first-draft.ts';
import { cellsOf, type SampleFile } from '../feeds/sample-file.ts';
import styles from './feed-field.module.css';
import { FieldTexts } from './feed-field-texts.tsx';

interface FeedFieldProps {
  readonly field: FieldOfKind;
  /** Null: nothing fills it. */
  readonly value: FieldDraft | null;
  readonly columns: readonly string[];
  readonly sample: SampleFile | null;
  readonly onChange: (value: FieldDraft | null) => void;
}

const origins = [
  { value: '', label: 'nothing' },
  { value: 'column', label: 'a column' },
  { value: 'constant', label: 'always the same' },
  { value: 'row', label: 'the number of the row' },
];

export function FeedField({ field, value, columns, sample, onChange }: FeedFieldProps) {
  const { name, type, form } = field;
  const cells = sample === null || value?.from !== 'column' ? [] : cellsOf(sample, value.text);
  const change = (part: Partial<FieldDraft>) => onChange({ ...(value ?? emptyField), ...part });
  const chooseColumn = (column: string) => {
    if (sample === null || !sample.columns.includes(column)) return change({ text: column });
    const { dates, number, currency } = fieldFrom(column, field, sample);
    change({ text: column, dates, number, currency: value?.currency ?? currency });
  };
  return (
    <fieldset className={styles['field']}>
      <legend>
        {name} <span className={styles['type']}>{type}</span>
      </legend>
      <div className={styles['controls']}>
        <Select
          label="Filled from"
          data={origins}
          value={value?.from ?? ''}
          allowDeselect={false}
          onChange={(next) =>
            onChange(
              next === '' || next === null
                ? null
                : { ...(value ?? emptyField), from: next as FieldDraft['from'], text: '' },
            )
          }
        />
        {value?.from === 'column' && (
          <Autocomplete
            label="Column"
            data={[...columns]}
            value={value.text}
            onChange={chooseColumn}
            required
          />
        )}
        {value?.from === 'constant' && (
          <TextInput
            label="Value"
            value={value.text}
            onChange={(event) => change({ text: event.currentTarget.value })}
            required
          />
        )}
        {value !== null && form.is === 'day' && <Dates value={value} cells={cells} onChange={change} />}
        {value !== null && ['amount', 'number', 'percentage'].includes(form.is) && (
          <Autocomplete
            label="Numbers are written as"
            placeholder="1234.56"
            data={[...new Set([...fittingNumbers(cells), ...numberExamples])]}
            filter={({ options }) => options}
            value={value.number}
            onChange={(next) => change({ number: next })}
          />
        )}
        {value !== null && form.is === 'amount' && form.of !== null && (
          <Currency value={value} code={form.of} columns={columns} onChange={change} />
        )}
      </div>
      {cells.length > 0 && <p className={styles['cells']}>There stands {shownCells(cells)}.</p>}
      {value === null && (
        <p className={styles['cells']}>
          {field.mayStayOpen ? 'Left open.' : 'Left out: what needs it waits.'}
        </p>
      )}
      {value !== null && <FieldTexts form={form} value={value} cells={cells} onChange={change} />}
    </fieldset>
  );
}

interface PartProps {
  readonly value: FieldDraft;
  readonly onChange: (part: Partial<FieldDraft>) => void;
}

function Dates({ value, cells, onChange }: PartProps & { readonly cells: readonly string[] }) {
  const fitting = fittingDates(cells, 'UTC');
  const isDoubtful = value.dates.length === 0 && fitting.length > 1 && !fitting.includes('ISO');
  return (
    <div className={styles['dates']}>
      <TagsInput
        label="Days are written as"
        placeholder={value.dates.length === 0 ? '2026-03-31' : ''}
        data={[...new Set([...fitting, ...dateExamples])]}
        filter={({ options }) => options}
        value={[...value.dates]}
        onChange={(next) => onChange({ dates: next })}
      />
      {isDoubtful && (
        <p className={styles['doubt']}>
          Two ways fit; only you know which is meant.{' '}
          {fitting.map((one) => (
            <Button key={one} size="compact-xs" variant="default" onClick={() => onChange({ dates: [one] })}>
              {one}
            </Button>
          ))}
        </p>
      )}
    </div>
  );
}

function Currency({
  value: { currency },
  code,
  columns,
  onChange,
}: PartProps & { readonly code: string; readonly columns: readonly string[] }) {
  const chosen =
    currency === null ? '' : 'code' in currency ? `all ${currency.code}` : `in ${currency.column}`;
  const codes = [...new Set([code, ...(currency !== null && 'code' in currency ? [currency.code] : [])])];
  const named = [
    ...new Set([...columns, ...(currency !== null && 'column' in currency ? [currency.column] : [])]),
  ];
  return (
    <Select
      label="Currency"
      data={[
        ...codes.map((one) => ({ value: `all ${one}`, label: `${one} in every row` })),
        { value: '', label: `not said: ${code}` },
        ...named.map((column) => ({ value: `in ${column}`, label: `named in ${column}` })),
      ]}
      value={chosen}
      allowDeselect={false}
      onChange={(next) =>
        onChange({
          currency: !next
            ? null
            : next.startsWith('all ')
              ? { code: next.slice(4) }
              : { column: next.slice(3) },
        })
      }
    />
  );
}

/** The first different texts of a column. */
function shownCells(cells: readonly string[]): string {
  const different = [...new Set(cells.filter((cell) => cell !== ''))];
  const shown = different.slice(0, 3).map((cell) => `“${cell.length > 40 ? `${cell.slice(0, 40)}…` : cell}”`);
  const empty = cells.filter((cell) => cell === '').length;
  return [...shown, ...(different.length > 3 ? ['…'] : []), ...(empty > 0 ? [`${empty} empty`] : [])].join(
    ', ',
  );
}
