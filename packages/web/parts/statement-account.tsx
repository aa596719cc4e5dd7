// SPDX-License-Identifier: Apache-2.0
// The end of a statement: what was carried over, what arises here, what was paid, and what is payable; then payments
// and balances that stand open.
import type { Statement } from '@rapport/server/wire/statements.ts';
import { Amount } from './amount.tsx';
import { signOf } from './amount-words.ts';
import { dayWords } from './dates.ts';
import styles from './statement-account.module.css';

export function StatementAccount({ statement }: { readonly statement: Statement }) {
  const { accounts, totals, payments, balances } = statement;
  return (
    <div className={styles['account']}>
      {accounts.length === 0 && <p className={styles['row']}>Nothing is due for this period.</p>}
      {accounts.map(({ carried, arising, paid, payable }) => {
        const held = totals.find(({ asset }) => asset === payable.asset)?.held;
        const isPlain = signOf(carried) === 0 && signOf(paid) === 0;
        return (
          <div key={payable.asset} className={styles['block']}>
            {!isPlain && (
              <>
                <Row words="Carried over" of={carried} />
                <Row words="Arising here" of={arising} />
                <Row words="Paid" of={{ ...paid, amount: negated(paid.amount) }} />
              </>
            )}
            <p className={styles['total']}>
              <span>Payable</span>
              <Amount of={payable} size="large" />
            </p>
            {held !== undefined && signOf(held) !== 0 && <Row words="Earned, not yet released" of={held} />}
          </div>
        );
      })}
      {payments.length > 0 && (
        <div className={styles['block']}>
          <h2>Payments</h2>
          {payments.map(({ id, on, amount, reference }) => (
            <Row
              key={id}
              words={[on === null ? '' : dayWords(on), reference].filter((text) => text !== '').join(' · ')}
              of={amount}
            />
          ))}
        </div>
      )}
      {balances.length > 0 && (
        <div className={styles['block']}>
          <h2>Balances</h2>
          {balances.map(({ name, closing }) => (
            <Row key={`${name} ${closing.asset}`} words={name} of={closing} />
          ))}
        </div>
      )}
    </div>
  );
}

function Row({ words, of }: { readonly words: string; readonly of: Parameters<typeof Amount>[0]['of'] }) {
  return (
    <p className={styles['row']}>
      <span>{words}</span>
      <Amount of={of} />
    </p>
  );
}

/** The same exact decimal with the other sign. */
function negated(amount: string): string {
  if (!/[1-9]/.test(amount)) return amount;
  return amount.startsWith('-') ? amount.slice(1) : `-${amount}`;
}
