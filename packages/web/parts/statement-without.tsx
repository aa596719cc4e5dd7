// SPDX-License-Identifier: Apache-2.0
// What gave nothing, and why: clauses that could have paid and did not, and facts of the party that bear no line. A
// statement is complete only with them.
import type { Statement } from '@rapport/server/wire/statements.ts';
import { dayWords } from './dates.ts';
import { FactName } from './fact-name.tsx';
import { Section } from './page.tsx';
import { Records } from './records.tsx';

export function StatementWithout({ statement }: { readonly statement: Statement }) {
  const { nothing, without } = statement;
  if (nothing.length === 0 && without.length === 0) return null;
  return (
    <Section title="What earned nothing">
      {nothing.length > 0 && (
        <Records
          label="Clauses that gave nothing"
          items={nothing}
          keyOf={({ clause, period }) => `${clause} ${period}`}
          columns={[
            {
              title: 'Component',
              of: ({ component, period }) => `${component}${period === '' ? '' : `, ${period}`}`,
            },
            { title: 'It pays', of: ({ words }) => words },
          ]}
        />
      )}
      {without.length > 0 && (
        <Records
          label="Facts that earned nothing"
          items={without}
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
      )}
    </Section>
  );
}
