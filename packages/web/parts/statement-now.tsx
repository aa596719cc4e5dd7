// SPDX-License-Identifier: Apache-2.0
// Where a statement stands by now, beside what its version says of its own day: approved or not, what was paid since, what
// is left or was paid too much, and what it waits for.
import type { Statement } from '@rapport/server/wire/statements.ts';
import { Amount } from './amount.tsx';
import { signOf } from './amount-words.ts';
import { AwaitedFeeds } from './awaited-feeds.tsx';
import { dayWords } from './dates.ts';
import styles from './statement-account.module.css';

export function StatementNow({ statement }: { readonly statement: Statement }) {
  const { approval, accounts, payments, awaited } = statement.now;
  const isQuiet = approval === null && payments.length === 0 && awaited.length === 0;
  if (isQuiet) return null;
  return (
    <section className={styles['block']} aria-label="Where it stands by now">
      <h2>By now</h2>
      {approval !== null && (
        <p className={styles['row']}>
          <span>Approved for payment</span>
          <span>
            version {approval.version}, {dayWords(approval.at.slice(0, 10))}
          </span>
        </p>
      )}
      {payments.map(({ id, on, amount, reference }) => (
        <p key={id} className={styles['row']}>
          <span>
            {['Paid', on === null ? '' : dayWords(on), reference].filter((text) => text !== '').join(' · ')}
          </span>
          <Amount of={amount} />
        </p>
      ))}
      {accounts.map(({ stillToPay, paidTooMuch, payable }) => (
        <p key={payable.asset} className={styles['total']}>
          <span>
            {signOf(paidTooMuch) > 0 ? 'Paid too much, carried to the next period' : 'Still to pay'}
          </span>
          <Amount of={signOf(paidTooMuch) > 0 ? paidTooMuch : stillToPay} />
        </p>
      ))}
      {awaited.length > 0 && (
        <p className={styles['row']}>
          <span>
            <AwaitedFeeds feeds={awaited} />.
          </span>
        </p>
      )}
    </section>
  );
}
