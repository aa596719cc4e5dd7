// SPDX-License-Identifier: Apache-2.0
// The lines of a statement: what was earned in its period, then what came of earlier periods, each as one net line.
// Every line opens to the why that it was issued with, to its deals, and to what a late fact moved.
import type { StatementBody, StatementBodyItem } from '@rapport/core/ledger/statement-body.ts';
import type { Statement, StatementItem } from '@rapport/server/wire/statements.ts';
import { Amount } from './amount.tsx';
import { signOf } from './amount-words.ts';
import { OpeningRow, OpeningRows } from './opening-row.tsx';
import { Restated } from './restated.tsx';
import { State } from './state.tsx';
import styles from './statement-items.module.css';
import { StatementLines } from './statement-lines.tsx';
import { Why } from './why.tsx';
import { whyOfItem } from './why-view.ts';

interface ItemsProps {
  readonly statement: Statement;
  /** The body of the statement with names in it: its items stand in the same order. */
  readonly body: StatementBody;
}

export function StatementItems({ statement, body }: ItemsProps) {
  const items = statement.items.map((item, place) => ({ item, inBody: body.items[place]! }));
  const groups = [
    { title: `Earned in ${statement.period}`, of: items.filter(({ item }) => !item.isAdjustment) },
    { title: 'From earlier periods', of: items.filter(({ item }) => item.isAdjustment) },
  ];
  return groups
    .filter(({ of }) => of.length > 0)
    .map(({ title, of }, place) => (
      <div key={title} className={styles['group']}>
        <h2>{title}</h2>
        {place === 1 && (
          <p className={styles['note']}>
            Facts that came after those periods were closed. Each line is the net difference; their statements
            stay as they were.
          </p>
        )}
        <OpeningRows>
          {of.map(({ item, inBody }) => (
            <ItemRow
              key={`${item.clause} ${item.period} ${item.due.asset}`}
              item={item}
              inBody={inBody}
              statement={statement}
            />
          ))}
        </OpeningRows>
      </div>
    ));
}

interface ItemProps {
  readonly item: StatementItem;
  readonly inBody: StatementBodyItem;
  readonly statement: Statement;
}

function ItemRow({ item, inBody, statement }: ItemProps) {
  const { component, section, period, due, held, state, waiting, isAdjustment } = item;
  const change = statement.changes.find(
    (one) => one.clause === item.clause && one.period === period && one.after.asset === due.asset,
  );
  // What bears a line of an earlier period bears all that was ever stated of it, not this difference alone.
  const whole = isAdjustment && change !== undefined ? change.after : due;
  return (
    <OpeningRow
      title={component}
      note={
        <>
          {isAdjustment ? `for ${period}` : section}
          {inBody.role === 'settled' && ' · flows into the settlement'}
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
          {isAdjustment && change !== undefined && <Restated change={change} />}
          <Why
            why={whyOfItem(inBody, statement.title, whole)}
            lines={item.lines.length === 0 ? null : <StatementLines item={item} />}
          />
        </div>
      )}
    </OpeningRow>
  );
}
