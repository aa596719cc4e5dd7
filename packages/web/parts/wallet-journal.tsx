// SPDX-License-Identifier: Apache-2.0
// What happened to a wallet of points: each movement with what it changed and what was usable after it.
import { Amount } from './amount.tsx';
import { signOf } from './amount-words.ts';
import { dayWords } from './dates.ts';
import { Records } from './records.tsx';
import type { JournalView } from './why-view.ts';

export function WalletJournal({
  journal: { asset, earlier, before, rows },
}: {
  readonly journal: JournalView;
}) {
  const first =
    earlier === 0
      ? []
      : [{ day: null, words: `${earlier} earlier movements`, change: null, balance: before }];
  return (
    <Records
      label={`What happened to the ${asset}`}
      items={[...first, ...rows]}
      keyOf={(_, place) => `${place}`}
      columns={[
        { title: 'Day', of: ({ day }) => (day === null ? 'before' : dayWords(day)) },
        { title: 'What', of: ({ words }) => words },
        {
          title: 'Change',
          of: ({ change }) => change && <Amount of={change} isChange isQuiet={signOf(change) < 0} />,
          isFigure: true,
        },
        { title: 'Usable', of: ({ balance }) => <Amount of={balance} />, isFigure: true },
      ]}
    />
  );
}
