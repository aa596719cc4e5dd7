// SPDX-License-Identifier: Apache-2.0
// What texts of the other system mean for a field: some stand for others of ours, some for nothing at all, and what
// becomes of a row where nothing stands. Closed until somebody needs it.
import { Button, Select, TagsInput, TextInput } from '@mantine/core';
import type { FieldForm } from '@rapport/server/wire/facts.ts';
import type { FieldDraft } from '../feeds/draft.ts';
import styles from './feed-field.module.css';

interface FieldTextsProps {
  readonly form: FieldForm;
  readonly value: FieldDraft;
  readonly cells: readonly string[];
  readonly onChange: (part: Partial<FieldDraft>) => void;
}

const rules = [
  { value: '', label: 'as the field says: open, or missing' },
  { value: 'missing', label: 'missing: it waits' },
  { value: 'open', label: 'open: without end' },
  { value: 'reject', label: 'wrong: the row is refused' },
];
/** Texts that are offered for translating; a column with more is no list of choices. */
const offeredMax = 12;

export function FieldTexts({ form, value, cells, onChange }: FieldTextsProps) {
  const { map, emptyWhen, empty } = value;
  const ours = form.is === 'choice' ? [...form.options] : form.is === 'yes or no' ? ['yes', 'no'] : null;
  const replace = (place: number, pair: readonly [string, string]) =>
    onChange({ map: map.map((one, index) => (index === place ? pair : one)) });
  const isList = ours !== null || form.is === 'text';
  const untranslated = [...new Set(cells)].filter(
    (cell) => cell !== '' && ours?.includes(cell) !== true && !map.some(([theirs]) => theirs === cell),
  );
  const isUsed = map.length > 0 || emptyWhen.length > 0 || empty !== '';
  return (
    <details className={styles['texts']} open={isUsed || undefined}>
      <summary>Texts that mean something else, or nothing</summary>
      <div className={styles['textsBody']}>
        {map.map(([theirs, mine], place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a pair has no name of its own while it is typed.
          <div key={place} className={styles['pair']}>
            <TextInput
              label="Their text"
              value={theirs}
              onChange={(event) => replace(place, [event.currentTarget.value, mine])}
            />
            {ours === null ? (
              <TextInput
                label="Means"
                value={mine}
                onChange={(event) => replace(place, [theirs, event.currentTarget.value])}
              />
            ) : (
              <Select
                label="Means"
                data={ours}
                value={mine === '' ? null : mine}
                onChange={(next) => replace(place, [theirs, next ?? ''])}
              />
            )}
            <Button
              variant="subtle"
              onClick={() => onChange({ map: map.filter((_, index) => index !== place) })}
            >
              Remove<span className="visually-hidden"> {theirs}</span>
            </Button>
          </div>
        ))}
        <div className={styles['pair']}>
          <Button variant="default" size="xs" onClick={() => onChange({ map: [...map, ['', '']] })}>
            Add a text
          </Button>
          {isList && untranslated.length > 0 && untranslated.length <= offeredMax && (
            <Button
              variant="default"
              size="xs"
              onClick={() => onChange({ map: [...map, ...untranslated.map((text) => [text, ''] as const)] })}
            >
              Add the {untranslated.length} of the file
            </Button>
          )}
        </div>
        <TagsInput
          label="Texts that stand for nothing"
          description="Such as n/a or -"
          data={[]}
          value={[...emptyWhen]}
          onChange={(next) => onChange({ emptyWhen: next })}
        />
        <Select
          label="Where nothing stands it is"
          data={rules}
          value={empty}
          allowDeselect={false}
          onChange={(next) => onChange({ empty: (next ?? '') as FieldDraft['empty'] })}
        />
      </div>
    </details>
  );
}
