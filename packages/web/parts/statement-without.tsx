// SPDX-License-Identifier: Apache-2.0
// The facts of the party that earned nothing, and why: a statement is complete only with them.
import type { Statement } from '@rapport/server/wire/statements.ts';
import { dayWords } from './dates.ts';
import { FactName } from './fact-name.tsx';
import { Section } from './page.tsx';
import { Records } from './records.tsx';

export function StatementWithout({ facts }: { readonly facts: Statement['without'] }) {
  if (facts.length === 0) return null;
  return (
    <Section title="What earned nothing" note={`${facts.length} of your facts bear no line`}>
      <Records
        label="Facts that earned nothing"
        items={facts}
        keyOf={({ fact }) => `${fact.kind} ${fact.id}`}
        columns={[
          {
            title: 'Fact',
            of: ({ fact, title }) => <FactName fact={fact} {...(title === null ? {} : { words: title })} />,
          },
          { title: 'Customer', of: ({ customer }) => customer },
          { title: 'Date', of: ({ date }) => (date === null ? null : dayWords(date)) },
          { title: 'Why', of: ({ why }) => why },
        ]}
      />
    </Section>
  );
}
