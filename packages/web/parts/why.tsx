// SPDX-License-Identifier: Apache-2.0
// Why an amount is what it is: the sentence of the agreement, the figures it was made of, the deals that bear it, the
// values that were filled in, and what was only attested because it rests on the facts of others.
import type { Explanation, Reason } from '@rapport/server/wire/explanation.ts';
import type { ReactNode } from 'react';
import { Amount, signOf } from './amount.tsx';
import { dayWords } from './dates.ts';
import { FactLines } from './fact-lines.tsx';
import { ReasonTree } from './reason-tree.tsx';
import styles from './why.module.css';

interface WhyProps {
  readonly why: Explanation;
  /** The lines as a statement holds them, instead of those of today. */
  readonly lines?: ReactNode;
}

export function Why({ why, lines }: WhyProps) {
  return (
    <div className={styles['why']}>
      <blockquote className={styles['words']}>
        {why.sentences.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        <footer>{originOf(why)}</footer>
      </blockquote>
      {why.waiting.length > 0 && <Waiting why={why} />}
      {why.parts.length > 0 && (
        <div className={styles['block']}>
          <h3>How it was reckoned</h3>
          {why.parts.map((part, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: parts stand in a fixed order.
            <ReasonTree key={place} reason={wholeOf(part)} open={why.parts.length > 1 ? 0 : 2} />
          ))}
          {why.partsMore > 0 && <p className={styles['more']}>and {why.partsMore} more occasions</p>}
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
      {(lines !== undefined || why.lines.length > 0) && (
        <div className={styles['block']}>
          <h3>What bears it</h3>
          {lines ?? <FactLines lines={why.lines} />}
        </div>
      )}
      {why.journal !== null && <WalletJournal journal={why.journal} />}
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

/** A part as one tree: an occasion with its formula and its rows below, or the formula itself. */
function wholeOf({ fact, reason, rows }: Explanation['parts'][number]): Reason {
  const label = fact === null ? reason.label : `${fact.kind} ${fact.id}`;
  if (rows.length === 0) return { ...reason, label, fact };
  return { label, figure: '', exact: null, fact, parts: [reason, ...rows] };
}

function originOf({ title, section, version }: Explanation): string {
  const from = version.from === null ? '' : `, as in force from ${dayWords(version.from)}`;
  const to = version.to === null ? '' : ` until ${dayWords(version.to)}`;
  return `${title}${section === '' ? '' : ` · ${section}`}${from}${to}`;
}

function Waiting({ why }: { readonly why: Explanation }) {
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

function WalletJournal({ journal }: { readonly journal: NonNullable<Explanation['journal']> }) {
  return (
    <div className={styles['block']}>
      <h3>What happened to the {journal.asset}</h3>
      <table className={styles['journal']}>
        <thead>
          <tr>
            <th scope="col">Day</th>
            <th scope="col">What</th>
            <th scope="col">Change</th>
            <th scope="col">Usable</th>
          </tr>
        </thead>
        <tbody>
          {journal.earlier > 0 && (
            <tr>
              <td />
              <td>{journal.earlier} earlier movements</td>
              <td />
              <td>
                <Amount of={journal.before} />
              </td>
            </tr>
          )}
          {journal.rows.map(({ day, words, change, balance }, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a journal is only ever read.
            <tr key={place}>
              <td>{dayWords(day)}</td>
              <td>{words}</td>
              <td>
                <Amount of={change} isChange />
              </td>
              <td>
                <Amount of={balance} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
