// SPDX-License-Identifier: Apache-2.0
// What a row of the file becomes: a kind of fact that an agreement in force declares, which columns identify it, and
// each of its fields.
import { Autocomplete, MultiSelect, Select, TextInput } from '@mantine/core';
import type { FeedDraft } from '../feeds/draft.ts';
import type { KindOfFact } from '../feeds/first-draft.ts';
import type { SampleFile } from '../feeds/sample-file.ts';
import { FeedField } from './feed-field.tsx';
import styles from './form.module.css';
import { Section } from './page.tsx';

interface FeedRowKindProps {
  readonly draft: FeedDraft;
  readonly kinds: readonly KindOfFact[];
  readonly columns: readonly string[];
  readonly sample: SampleFile | null;
  readonly onKind: (kind: string) => void;
  readonly onChange: (change: Partial<FeedDraft>) => void;
}

export function FeedRowKind({ draft, kinds, columns, sample, onKind, onChange }: FeedRowKindProps) {
  const { fact, id, revision, fields, completeThrough } = draft;
  const kind = kinds.find((one) => one.kind === fact);
  const names = [...new Set([...kinds.map((one) => one.kind), ...(fact === '' ? [] : [fact])])];
  return (
    <>
      <Section title="What a row becomes">
        <div className={styles['line']}>
          <Select
            label="Kind of fact"
            placeholder="Choose one"
            data={names}
            value={fact === '' ? null : fact}
            allowDeselect={false}
            onChange={(next) => onKind(next ?? '')}
          />
          <MultiSelect
            label="Identified by"
            placeholder={id.length === 0 ? 'the number of the row' : ''}
            data={[...new Set([...columns, ...id])]}
            value={[...id]}
            onChange={(next) => onChange({ id: next })}
            searchable
          />
          <Autocomplete
            label="Corrections counted by"
            placeholder="no column"
            data={[...columns]}
            value={revision}
            onChange={(next) => onChange({ revision: next })}
          />
          <TextInput
            type="date"
            label="Complete through"
            description="If the sender said so once"
            value={completeThrough}
            onChange={(event) => onChange({ completeThrough: event.currentTarget.value })}
          />
        </div>
      </Section>
      {kind !== undefined && (
        <Section title={`Fields of a ${kind.kind}`}>
          <div>
            {kind.fields.map((field) => (
              <FeedField
                key={field.name}
                field={field}
                value={fields[field.name] ?? null}
                columns={columns}
                sample={sample}
                onChange={(value) => {
                  const { [field.name]: _, ...others } = fields;
                  onChange({ fields: value === null ? others : { ...others, [field.name]: value } });
                }}
              />
            ))}
          </div>
        </Section>
      )}
    </>
  );
}
