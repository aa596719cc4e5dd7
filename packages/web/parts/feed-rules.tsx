// SPDX-License-Identifier: Apache-2.0
// How a feed is taken: what it is called, whether its files bring events or the whole of what there is, and how much a
// file may change before somebody has to look at it.
import { Checkbox, SegmentedControl, TextInput } from '@mantine/core';
import type { Mode } from '../feeds/draft.ts';
import { slugOf } from '../feeds/first-draft.ts';
import styles from './form.module.css';
import { Section } from './page.tsx';

export interface FeedRules {
  readonly title: string;
  /** In addresses; empty: made of the title. */
  readonly name: string;
  readonly mode: Mode;
  /** Percent, as typed. */
  readonly rows: string;
  readonly money: string;
  readonly needsSecondPerson: boolean;
  /** Amounts that rest on it are provisional until it says that everything is there. */
  readonly statesCompleteness: boolean;
}

export const firstRules: FeedRules = {
  title: '',
  name: '',
  mode: 'events',
  rows: '20',
  money: '20',
  needsSecondPerson: false,
  statesCompleteness: true,
};

const modes = [
  { value: 'events', label: 'Events' },
  { value: 'snapshot', label: 'A snapshot' },
];
const modeWords: Readonly<Record<Mode, string>> = {
  events:
    'Each file brings what is new. The same id with other content is refused, unless its revision is higher.',
  snapshot:
    'Each file is the whole of what there is. A changed row is a correction; a missing one is proposed to be void.',
};
/** Percent with at most one digit after the point. */
const percentForm = '(100|[0-9]{1,2}([.][0-9])?)';

interface FeedRulesFormProps {
  readonly rules: FeedRules;
  readonly isNew: boolean;
  readonly onChange: (change: Partial<FeedRules>) => void;
}

export function FeedRulesForm({ rules, isNew, onChange }: FeedRulesFormProps) {
  const { title, name, mode, rows, money, needsSecondPerson, statesCompleteness } = rules;
  return (
    <Section title="How it is taken">
      <div className={styles['line']}>
        <TextInput
          label="Title"
          description="As people call it"
          placeholder="Deals of the CRM"
          value={title}
          onChange={(event) => onChange({ title: event.currentTarget.value })}
          maxLength={200}
          required
        />
        {isNew && (
          <TextInput
            label="Name in addresses"
            description="Lower case letters, digits and hyphens"
            value={name}
            placeholder={slugOf(title)}
            onChange={(event) => onChange({ name: event.currentTarget.value })}
            pattern="[a-z0-9]+(-[a-z0-9]+)*"
            required={slugOf(title) === ''}
          />
        )}
      </div>
      <div className={styles['block']}>
        <SegmentedControl
          aria-label="What a file brings"
          data={modes}
          value={mode}
          onChange={(next) => onChange({ mode: next as Mode })}
        />
        <p>{modeWords[mode]}</p>
      </div>
      <div className={styles['line']}>
        <TextInput
          label="Somebody looks at it from, % of rows"
          description="Known rows that a file changes or takes away"
          value={rows}
          inputMode="decimal"
          pattern={percentForm}
          onChange={(event) => onChange({ rows: event.currentTarget.value })}
          required
        />
        <TextInput
          label="or from, % of pay"
          description="Pay that those changes move"
          value={money}
          inputMode="decimal"
          pattern={percentForm}
          onChange={(event) => onChange({ money: event.currentTarget.value })}
          required
        />
      </div>
      <Checkbox
        label="Who uploaded a file may not approve it"
        checked={needsSecondPerson}
        onChange={(event) => onChange({ needsSecondPerson: event.currentTarget.checked })}
      />
      <Checkbox
        label="Somebody declares through which day it is complete"
        description="Until then, what rests on it is provisional, and its periods are closed only with a reason"
        checked={statesCompleteness}
        onChange={(event) => onChange({ statesCompleteness: event.currentTarget.checked })}
      />
    </Section>
  );
}
