// SPDX-License-Identifier: Apache-2.0
// What a party got for its points: each voucher with its day and the fact that completed it.
import type { Wallet } from '@rapport/server/wire/wallet.ts';
import { dayWords } from './dates.ts';
import { FactName } from './fact-name.tsx';
import { Section } from './page.tsx';
import { Records } from './records.tsx';

/** So many are shown: the journal has them all. */
const givenMax = 12;

export function WalletGiven({ wallet: { given, givenEarlier } }: { readonly wallet: Wallet }) {
  const earlier = givenEarlier + Math.max(0, given.length - givenMax);
  if (given.length === 0) return null;
  return (
    <Section title="Given for points" {...(earlier > 0 ? { note: `and ${earlier} more before these` } : {})}>
      <Records
        label="What was given for points"
        items={given.slice(0, givenMax)}
        keyOf={(_, place) => `${place}`}
        columns={[
          { title: 'Day', of: ({ day }) => dayWords(day) },
          { title: 'What', of: ({ component }) => component },
          { title: 'With', of: ({ fact }) => fact && <FactName fact={fact} /> },
          { title: 'Worth', of: ({ figure }) => figure, isFigure: true },
        ]}
      />
    </Section>
  );
}
