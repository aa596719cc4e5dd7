// SPDX-License-Identifier: Apache-2.0
// Why an amount is what it is: the sentences of the agreement, the figures it was made of, the deals that bear it, the
// values that were filled in, and what was only attested because it rests on the facts of others.
import type { ReactNode } from 'react';
import { Amount } from './amount.tsx';
import { signOf } from './amount-words.ts';
import { ReasonTree } from './reason-tree.tsx';
import { Sentences } from './sentences.tsx';
import { WalletJournal } from './wallet-journal.tsx';
import styles from './why.module.css';
import type { WhyView } from './why-view.ts';

interface WhyProps {
  readonly why: WhyView;
  /** The deals that bear it; null where no single one does. */
  readonly lines: ReactNode;
}

export function Why({ why, lines }: WhyProps) {
  return (
    <div className={styles['why']}>
      <blockquote className={styles['words']}>
        <Sentences sentences={why.sentences} />
        <footer>{why.origin}</footer>
      </blockquote>
      {why.waiting.length > 0 && <Waiting why={why} />}
      {why.reasons.length > 0 && (
        <div className={styles['block']}>
          <h3>How it was reckoned</h3>
          {why.reasons.map((reason, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: reasons stand in a fixed order.
            <ReasonTree key={place} reason={reason} open={why.reasons.length > 1 ? 0 : 2} />
          ))}
          {why.reasonsMore > 0 && <p className={styles['more']}>and {why.reasonsMore} more occasions</p>}
          <p className={styles['sum']}>
            <span>{why.component}</span>
            <Amount of={why.amount} />
          </p>
          {signOf(why.held) !== 0 && (
            <p className={styles['sum']}>
              <span>of it not yet released</span>
              <Amount of={why.held} />
            </p>
          )}
        </div>
      )}
      {lines !== null && (
        <div className={styles['block']}>
          <h3>What bears it</h3>
          {lines}
        </div>
      )}
      {why.journal !== null && (
        <div className={styles['block']}>
          <h3>What happened to the {why.journal.asset}</h3>
          <WalletJournal journal={why.journal} />
        </div>
      )}
      {why.blanks.length > 0 && (
        <div className={styles['block']}>
          <h3>Values in the agreement</h3>
          <dl className={styles['blanks']}>
            {why.blanks.map(({ name, figure }) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{figure}</dd>
              </div>
            ))}
          </dl>
        </div>
      )}
      {why.attested.length > 0 && (
        <p className={styles['attested']}>
          Rests also on facts of others ({why.attested.join(', ')}): those figures are attested by the
          service, not recomputed from your own facts.
        </p>
      )}
    </div>
  );
}

function Waiting({ why }: { readonly why: WhyView }) {
  return (
    <div className={styles['waiting']}>
      <p>This amount waits for</p>
      <ul>
        {why.waiting.map(({ what, name, of }) => (
          <li key={`${what} ${name} ${of}`}>
            {what === 'decision' ? `the decision “${name}”` : `the ${name} of ${of}`}
          </li>
        ))}
      </ul>
    </div>
  );
}
