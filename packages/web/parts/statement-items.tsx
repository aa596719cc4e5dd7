// SPDX-License-Identifier: Apache-2.0
// The lines of a statement: what was earned in its period by section of the agreement, then what came of earlier
// periods, each as one net line. Every line opens to its deals and to the why.
import type { Statement, StatementItem } from '@rapport/server/wire/statements.ts';
import { Amount, signOf } from './amount.tsx';
import { OpeningRow, OpeningRows } from './opening-row.tsx';
import { State } from './state.tsx';
import styles from './statement-items.module.css';
import { StatementLines } from './statement-lines.tsx';
import { WhyOf } from './why-of.tsx';

interface ItemsProps {
  readonly statement: Statement;
  readonly workspace: string;
}

export function StatementItems({ statement, workspace }: ItemsProps) {
  const own = statement.items.filter(({ isAdjustment }) => !isAdjustment);
  const adjustments = statement.items.filter(({ isAdjustment }) => isAdjustment);
  const rowsOf = (items: readonly StatementItem[]) => (
    <OpeningRows>
      {items.map((item) => (
        <ItemRow
          key={`${item.clause} ${item.period} ${item.due.asset}`}
          item={item}
          statement={statement}
          workspace={workspace}
        />
      ))}
    </OpeningRows>
  );
  return (
    <>
      {own.length > 0 && (
        <div className={styles['group']}>
          <h2>Earned in {statement.period}</h2>
          {rowsOf(own)}
        </div>
      )}
      {adjustments.length > 0 && (
        <div className={styles['group']}>
          <h2>From earlier periods</h2>
          <p className={styles['note']}>
            Facts that came after those periods were closed. Each line is the net difference; their statements
            stay as they were.
          </p>
          {rowsOf(adjustments)}
        </div>
      )}
    </>
  );
}

function ItemRow({ item, statement, workspace }: ItemsProps & { readonly item: StatementItem }) {
  const { clause, component, section, period, due, held, state, waiting, isAdjustment } = item;
  const { agreement, payee } = statement;
  return (
    <OpeningRow
      title={component}
      note={
        <>
          {isAdjustment ? `for ${period}` : section}
          {state !== 'earned' && state !== statement.state && (
            <>
              {' '}
              <State of={state} />
            </>
          )}
          {waiting.length > 0 && ` · waits for ${waiting.join(', ')}`}
        </>
      }
      figure={<Amount of={due} isChange={isAdjustment} />}
      {...(signOf(held) === 0
        ? {}
        : {
            figureNote: (
              <>
                held <Amount of={held} />
              </>
            ),
          })}
    >
      {() => (
        <div className={styles['inside']}>
          {isAdjustment && signOf(item.dueBefore) !== 0 && (
            <p className={styles['note']}>
              Before: <Amount of={item.dueBefore} />, stated earlier. This line is what was missing or too
              much.
            </p>
          )}
          <WhyOf
            of={{ workspace, agreement, clause, payee, period }}
            {...(item.lines.length === 0 ? {} : { lines: <StatementLines item={item} /> })}
          />
        </div>
      )}
    </OpeningRow>
  );
}
