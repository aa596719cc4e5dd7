// SPDX-License-Identifier: Apache-2.0
// Everything that happened to a wallet, the newest first. Points that came have a plus and colour; what was used or has
// expired is no gain and stands in plain ink with a minus. Each line opens to its words, its fact and its why.
import { Button } from '@mantine/core';
import type { Wallet, WalletLine } from '@rapport/server/wire/wallet.ts';
import { Amount } from './amount.tsx';
import { signOf } from './amount-words.ts';
import { dayWords } from './dates.ts';
import { FactName } from './fact-name.tsx';
import { OpeningRow, OpeningRows } from './opening-row.tsx';
import { Section } from './page.tsx';
import styles from './wallet-history.module.css';
import { WhyOf } from './why-of.tsx';

interface WalletHistoryProps {
  readonly of: { readonly workspace: string; readonly agreement: string; readonly payee: string };
  readonly wallet: Wallet;
  /** Lines behind this place came while the page was open. */
  readonly since: number;
  readonly onWhole: () => void;
}

export function WalletHistory({ of, wallet, since, onWhole }: WalletHistoryProps) {
  const { journal, earlier, isPooled } = wallet;
  return (
    <Section title="What happened" note="Open a line to see why.">
      <OpeningRows>
        {journal.map((line) => (
          <OpeningRow
            key={line.place}
            title={
              <span data-new={line.place > since || undefined} className={styles['title']}>
                {titleOf(line)}
              </span>
            }
            note={`${dayWords(line.day)} · ${noteOf(line)}`}
            figure={
              signOf(line.change) === 0 ? (
                <Amount of={line.moved} isBare />
              ) : (
                <Amount of={line.change} isChange isQuiet={isQuiet(line)} isBare />
              )
            }
            figureNote={
              <>
                <span className="visually-hidden">usable then: </span>
                <Amount of={line.balance} isBare />
              </>
            }
          >
            {() => (
              <div className={styles['inside']}>
                <p>{line.words}.</p>
                {line.fact !== null && (
                  <p>
                    Behind it: <FactName fact={line.fact} />
                  </p>
                )}
                {!isPooled && <WhyOf of={{ ...of, ...line.why }} />}
              </div>
            )}
          </OpeningRow>
        ))}
      </OpeningRows>
      {earlier > 0 && (
        <Button variant="default" onClick={onWhole}>
          Show {earlier} earlier
        </Button>
      )}
    </Section>
  );
}

/** What was used, has expired or was set aside neither gains nor loses anything that was promised. */
function isQuiet({ kind }: WalletLine): boolean {
  return kind !== 'issued' && kind !== 'usable' && kind !== 'given back';
}

/** "Purchase P-1", "Voucher USD 5", "Expired". */
function titleOf({ kind, lots, given, fact }: WalletLine): string {
  const [first, ...others] = lots;
  switch (kind) {
    case 'issued':
      return first ?? 'Issued';
    case 'used':
      return given.length > 0
        ? given.map(({ component, figure }) => `${component} ${figure}`).join(', ')
        : fact === null
          ? 'Used'
          : `${fact.kind} ${fact.id}`;
    case 'expired':
    case 'usable':
    case 'held':
    case 'released':
    case 'taken back':
    case 'given back':
      return `${first ?? ''}${others.length === 0 ? '' : ` and ${others.length} more`}`;
  }
}

function noteOf({ kind }: WalletLine): string {
  switch (kind) {
    case 'issued':
      return 'earned';
    case 'usable':
      return 'usable from here on';
    case 'held':
      return 'set aside';
    case 'released':
      return 'no longer set aside';
    case 'used':
    case 'expired':
    case 'taken back':
    case 'given back':
      return kind;
  }
}
