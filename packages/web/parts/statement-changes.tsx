// SPDX-License-Identifier: Apache-2.0
// What changed since the version before, and because of which fact; the deals that only moved with it are folded.
import type { Statement } from '@rapport/server/wire/statements.ts';
import { Amount } from './amount.tsx';
import { OpeningRow, OpeningRows } from './opening-row.tsx';
import { Section } from './page.tsx';
import { Restated } from './restated.tsx';

export function StatementChanges({ statement }: { readonly statement: Statement }) {
  const { changes, version } = statement;
  if (changes.length === 0) return null;
  return (
    <Section title={version === null ? 'Since the last version' : `What version ${version} changed`}>
      <OpeningRows>
        {changes.map((change) => {
          const { clause, component, period, before, after, causes } = change;
          return (
            <OpeningRow
              key={`${clause} ${period} ${after.asset}`}
              title={`${component}${period === '' ? '' : `, ${period}`}`}
              note={causes.map(({ words }) => words).join('; ')}
              figure={<Amount of={after} />}
              figureNote={
                <>
                  was <Amount of={before} />
                </>
              }
            >
              {() => <Restated change={change} />}
            </OpeningRow>
          );
        })}
      </OpeningRows>
    </Section>
  );
}
