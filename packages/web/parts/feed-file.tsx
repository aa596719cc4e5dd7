// SPDX-License-Identifier: Apache-2.0
// The file of a feed: a sample of it, how it is divided, and its columns with the first rows as the service reads them.
import { Checkbox, Select, TagsInput } from '@mantine/core';
import type { FeedDraft, Format } from '../feeds/draft.ts';
import type { SampleFile } from '../feeds/sample-file.ts';
import { FileChoice } from './file-choice.tsx';
import styles from './form.module.css';
import { Section } from './page.tsx';
import { Records } from './records.tsx';

interface FeedFileProps {
  readonly draft: FeedDraft;
  readonly file: File | null;
  readonly sample: SampleFile | null;
  readonly onFile: (file: File) => void;
  readonly onChange: (change: Partial<FeedDraft>) => void;
}

const formats: readonly { readonly value: Format; readonly label: string }[] = [
  { value: 'csv', label: 'CSV' },
  { value: 'jsonl', label: 'JSON, one object a line' },
  { value: 'json', label: 'JSON, one list' },
  { value: 'columns', label: 'Columns divided by spaces' },
];
const delimiters = [
  { value: ',', label: 'comma' },
  { value: ';', label: 'semicolon' },
  { value: 'tab', label: 'tab' },
  { value: '|', label: 'vertical bar' },
];
/** Rows that are shown; a mapping is tried on more. */
const rowsShown = 4;

export function FeedFile({ draft, file, sample, onFile, onChange }: FeedFileProps) {
  const { format, delimiter, columns } = draft;
  const isTable = format === 'csv' || format === 'columns';
  const others = delimiters.some(({ value }) => value === delimiter) ? [] : [delimiter];
  return (
    <Section
      title="The file"
      note="Choose one as the other system writes it. Its beginning is read; nothing is recorded."
    >
      <div className={styles['line']}>
        <FileChoice
          words="Choose a sample file"
          chosen={file === null ? [] : [file]}
          onChange={([first]) => first !== undefined && onFile(first)}
          isOne
        />
        <Select
          label="Form"
          data={[...formats]}
          value={format}
          allowDeselect={false}
          onChange={(next) => onChange({ format: (next ?? format) as Format, columns: [] })}
        />
        {format === 'csv' && (
          <Select
            label="Divided by"
            data={[...delimiters, ...others]}
            value={delimiter}
            allowDeselect={false}
            onChange={(next) => onChange({ delimiter: next ?? delimiter })}
          />
        )}
      </div>
      {format === 'csv' && (
        <Checkbox
          label="The first row holds the names of the columns"
          checked={columns.length === 0}
          onChange={(event) =>
            onChange({ columns: event.currentTarget.checked ? [] : letters(sample?.columns.length ?? 1) })
          }
        />
      )}
      {isTable && (columns.length > 0 || format === 'columns') && (
        <TagsInput
          label="Names of the columns, in their order"
          data={[]}
          value={[...columns]}
          onChange={(next) => onChange({ columns: next })}
        />
      )}
      {sample !== null && <Sample sample={sample} />}
    </Section>
  );
}

function Sample({ sample: { columns, rows, wrong } }: { readonly sample: SampleFile }) {
  return (
    <>
      {wrong !== null && (
        <p role="alert" className={styles['wrong']}>
          {wrong}
        </p>
      )}
      {columns.length > 0 && (
        <Records
          label="First rows of the file"
          items={rows.slice(0, rowsShown)}
          keyOf={(_, place) => `${place}`}
          empty="The file has columns and no row."
          columns={columns.map((column, index) => ({
            title: columns.indexOf(column) === index ? column : `${column} (${index + 1})`,
            of: (row: readonly string[]) => row[index],
          }))}
        />
      )}
    </>
  );
}

/** A, B, C, …: names to begin with where a file has none. */
function letters(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) =>
    index < 26 ? String.fromCharCode(65 + index) : `Column ${index + 1}`,
  );
}
