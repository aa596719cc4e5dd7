// SPDX-License-Identifier: Apache-2.0
// Rows of a file that become nothing: those whose column has one of some texts, or all that have none of them. They are
// counted as left out, so that the account still adds up.
import { Autocomplete, Button, Select, TagsInput } from '@mantine/core';
import type { FilterDraft } from '../feeds/draft.ts';
import { cellsOf, type SampleFile } from '../feeds/sample-file.ts';
import styles from './feed-field.module.css';
import { Section } from './page.tsx';

interface FeedFiltersProps {
  readonly filters: readonly FilterDraft[];
  readonly columns: readonly string[];
  readonly sample: SampleFile | null;
  readonly onChange: (filters: readonly FilterDraft[]) => void;
}

const rules = [
  { value: 'without', label: 'leave out where' },
  { value: 'only', label: 'keep only where' },
];

export function FeedFilters({ filters, columns, sample, onChange }: FeedFiltersProps) {
  const change = (place: number, part: Partial<FilterDraft>) =>
    onChange(filters.map((one, index) => (index === place ? { ...one, ...part } : one)));
  return (
    <Section title="Rows that are left out" note="They are counted as such.">
      {filters.map(({ rule, column, is }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a filter has no name of its own while it is typed.
        <div key={place} className={styles['pair']}>
          <Select
            label="Rows"
            data={rules}
            value={rule}
            allowDeselect={false}
            onChange={(next) => change(place, { rule: (next ?? rule) as FilterDraft['rule'] })}
          />
          <Autocomplete
            label="Column"
            data={[...columns]}
            value={column}
            onChange={(next) => change(place, { column: next })}
          />
          <TagsInput
            label="is one of"
            data={sample === null ? [] : [...new Set(cellsOf(sample, column))].filter((one) => one !== '')}
            value={[...is]}
            onChange={(next) => change(place, { is: next })}
          />
          <Button variant="subtle" onClick={() => onChange(filters.filter((_, index) => index !== place))}>
            Remove<span className="visually-hidden"> the filter on {column}</span>
          </Button>
        </div>
      ))}
      <div>
        <Button
          variant="default"
          size="xs"
          onClick={() => onChange([...filters, { rule: 'without', column: '', is: [] }])}
        >
          Add a filter
        </Button>
      </div>
    </Section>
  );
}
