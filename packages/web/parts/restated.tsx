// SPDX-License-Identifier: Apache-2.0
// What a late fact did to an amount stated before: because of which fact, from what to what, and which deals moved with
// it, folded beneath their net effect.
import type { Statement } from '@rapport/server/wire/statements.ts';
import { Amount } from './amount.tsx';
import { FactName } from './fact-name.tsx';
import { Records } from './records.tsx';
import styles from './restated.module.css';

type Change = Statement['changes'][number];

export function Restated({ change }: { readonly change: Change }) {
  const { before, after, causes, moved } = change;
  return (
    <div className={styles['restated']}>
      <p>
        It was <Amount of={before} />, and is <Amount of={after} /> by now, because of
      </p>
      <ul>
        {causes.map(({ sequence, words, fact }) => (
          <li key={sequence}>{fact === null ? words : <FactName fact={fact} words={words} />}</li>
        ))}
      </ul>
      {moved.length > 0 && (
        <details>
          <summary>
            {moved.length === 1
              ? 'One line is not what it was'
              : `${moved.length} lines are not what they were`}
          </summary>
          <Records
            label="Lines that moved"
            items={moved}
            keyOf={(_, place) => `${place}`}
            columns={[
              {
                title: 'Fact',
                of: ({ fact }) => (fact === null ? 'not from a single fact' : <FactName fact={fact} />),
              },
              { title: 'Before', of: (line) => <Amount of={line.before} isBare />, isFigure: true },
              { title: 'Now', of: (line) => <Amount of={line.after} isBare />, isFigure: true },
              {
                title: `Change, ${before.asset}`,
                of: (line) => <Amount of={line.change} isChange isBare />,
                isFigure: true,
              },
            ]}
          />
        </details>
      )}
    </div>
  );
}
