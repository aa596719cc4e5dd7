// SPDX-License-Identifier: Apache-2.0
// What a wallet holds: the balance large, how far the next voucher is, what expires next, and the sums of all time.
import type { Wallet } from '@rapport/server/wire/wallet.ts';
import type { ReactNode } from 'react';
import { Amount } from './amount.tsx';
import { signOf } from './amount-words.ts';
import { dayWords } from './dates.ts';
import styles from './wallet-balance.module.css';

/** So many days of expiry are listed. */
const expiringMax = 3;

export function WalletBalance({ wallet, name }: { readonly wallet: Wallet; readonly name: string | null }) {
  const { open, exchanges, expiring, coming, shortage, isPooled, ownerName } = wallet;
  const dated = expiring.flatMap(({ amount, through }) => (through === null ? [] : [{ amount, through }]));
  return (
    <section className={styles['balance']} aria-label={`Balance in ${wallet.asset}`}>
      <div>
        <Amount of={open} size="display" />
        <p className={styles['caption']}>
          to use{isPooled && ` together, in the wallet of ${ownerName ?? 'the household'}`}
          {!isPooled && name !== null && <span className="visually-hidden"> by {name}</span>}
        </p>
      </div>
      {exchanges.map((exchange) => (
        <Towards key={exchange.clause} exchange={exchange} />
      ))}
      {dated.length > 0 && (
        <div>
          <h2 className={styles['small']}>Expires next</h2>
          <ul className={styles['expiring']}>
            {dated.slice(0, expiringMax).map(({ amount, through }) => (
              <li key={through}>
                <Amount of={amount} />
                <span className={styles['until']}>to use through {dayWords(through)}</span>
              </li>
            ))}
          </ul>
          {dated.length > expiringMax && (
            <p className={styles['caption']}>The rest lasts until {dayWords(dated.at(-1)?.through ?? '')}.</p>
          )}
        </div>
      )}
      <dl className={styles['sums']}>
        <Sum title="Earned in all" of={wallet.issued} />
        <Sum title="Used" of={wallet.used} />
        <Sum title="Expired" of={wallet.expired} />
        {signOf(wallet.reversed) !== 0 && <Sum title="Taken back" of={wallet.reversed} />}
        {signOf(wallet.held) !== 0 && <Sum title="Set aside" of={wallet.held} />}
        {signOf(shortage) !== 0 && <Sum title="Owed from later points" of={shortage} />}
        {coming.map(({ amount, from }) => (
          <Sum key={from} title={<>To come on {dayWords(from)}</>} of={amount} />
        ))}
      </dl>
    </section>
  );
}

function Sum({ title, of }: { readonly title: ReactNode; readonly of: Wallet['open'] }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>
        <Amount of={of} isBare />
      </dd>
    </div>
  );
}

/** How far it is to what the next exchange gives. The bar repeats the words, so it is for the eye alone. */
function Towards({ exchange }: { readonly exchange: Wallet['exchanges'][number] }) {
  const { component, gives, step, have, missing } = exchange;
  const share = Math.max(0, Math.min(1, Number(have.amount) / Number(step.amount)));
  return (
    <div>
      <p className={styles['towards']}>
        <span>
          <Amount of={missing} /> to the next {component.toLowerCase()}
        </span>
        {gives !== null && <span className={styles['gives']}>{gives}</span>}
      </p>
      <svg
        className={styles['bar']}
        viewBox="0 0 100 1"
        preserveAspectRatio="none"
        aria-hidden="true"
        focusable="false"
      >
        <rect width="100" height="1" fill="var(--line)" />
        <rect width={share * 100} height="1" fill="var(--accent)" />
      </svg>
      <p className={styles['caption']}>
        <Amount of={have} isBare /> of <Amount of={step} />
      </p>
    </div>
  );
}
