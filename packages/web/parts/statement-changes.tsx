// SPDX-License-Identifier: Apache-2.0
// What changed since the version before, and because of which fact. Deals that only moved places are counted, not
// listed: their net effect is the one line.
import type { Statement } from '@rapport/server/wire/statements.ts';
import { Amount } from './amount.tsx';
import { FactName } from './fact-name.tsx';
import { Section } from './page.tsx';
import { Records } from './records.tsx';

type Change = Statement['changes'][number];

export function StatementChanges({ statement }: { readonly statement: Statement }) {
  const { changes, version } = statement;
  if (changes.length === 0) return null;
  return (
    <Section title={version === null ? 'Since the last version' : `What version ${version} changed`}>
      <Records
        label="Changes since the version before"
        items={changes}
        keyOf={({ clause, period }) => `${clause} ${period}`}
        columns={[
          { title: 'Line', of: ({ component, period }) => `${component}, ${period}` },
          { title: 'Because of', of: causesOf },
          { title: 'Before', of: ({ before }) => <Amount of={before} />, isFigure: true },
          { title: 'Now', of: ({ after }) => <Amount of={after} />, isFigure: true },
        ]}
      />
    </Section>
  );
}

function causesOf({ causes, reshuffled }: Change) {
  return (
    <>
      {causes.map(({ sequence, words, fact }) => (
        <div key={sequence}>{fact === null ? words : <FactName fact={fact} words={words} />}</div>
      ))}
      {reshuffled > 0 && <div>{reshuffled} other deals moved places within the bands</div>}
    </>
  );
}
