// SPDX-License-Identifier: Apache-2.0
// The points of one party under one agreement. Whatever is posted while the page is open is heard, and the wallet is
// asked for anew; what came with it is marked, and said aloud to who does not see the page.
import type { WalletAnswer } from '@rapport/server/wire/wallet.ts';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { api } from '../api.ts';
import { usePostings } from '../live.ts';
import { amountText } from './amount-words.ts';
import { LiveMark } from './live-mark.tsx';
import { Loaded } from './loaded.tsx';
import { Nothing } from './page.tsx';
import { WalletBalance } from './wallet-balance.tsx';
import { WalletGiven } from './wallet-given.tsx';
import { WalletHistory } from './wallet-history.tsx';
import styles from './wallet-of.module.css';

interface WalletOfProps {
  readonly workspace: string;
  readonly agreement: string;
  readonly payee: string;
}

/** Lines of the journal at first, and when all of it is asked for. */
const linesAtFirst = 20;
const linesMax = 1000;

export function WalletOf({ workspace, agreement, payee }: WalletOfProps) {
  const queries = useQueryClient();
  const [isWhole, setWhole] = useState(false);
  const heard = useCallback(() => {
    void queries.invalidateQueries({ queryKey: [workspace, 'wallet', agreement, payee] });
    void queries.invalidateQueries({ queryKey: [workspace, 'why', agreement, payee] });
  }, [queries, workspace, agreement, payee]);
  const isLive = usePostings({ workspace, payee }, heard);
  const limit = isWhole ? linesMax : linesAtFirst;
  const query = useQuery({
    queryKey: [workspace, 'wallet', agreement, payee, limit],
    queryFn: ({ signal }) =>
      api.readWallet({ params: { workspace, agreement }, query: { payee, limit } }, signal),
    placeholderData: keepPreviousData,
  });
  return (
    <Loaded query={query}>
      {(answer) => (
        <div className={styles['wallet']}>
          <p className={styles['over']}>
            {answer.title}
            <LiveMark isLive={isLive} />
          </p>
          <Wallets key={payee} of={{ workspace, agreement }} answer={answer} onWhole={() => setWhole(true)} />
        </div>
      )}
    </Loaded>
  );
}

function Wallets({
  of,
  answer: { wallets, payee, payeeName },
  onWhole,
}: {
  readonly of: { readonly workspace: string; readonly agreement: string };
  readonly answer: WalletAnswer;
  readonly onWhole: () => void;
}) {
  // How far each journal went when the page was opened: what is beyond came since.
  const [seen] = useState(
    () => new Map(wallets.map(({ asset, journal }) => [asset, journal[0]?.place ?? 0])),
  );
  if (wallets.length === 0)
    return <Nothing>There are no points yet. They appear here with the first.</Nothing>;
  return wallets.map((wallet) => {
    const since = seen.get(wallet.asset) ?? 0;
    const newest = wallet.journal[0];
    return (
      <div key={`${wallet.asset} ${wallet.owner}`} className={styles['parts']}>
        <p className="visually-hidden" role="status">
          {newest !== undefined && newest.place > since
            ? `${newest.words}. ${amountText(wallet.open)} to use.`
            : ''}
        </p>
        <WalletBalance wallet={wallet} name={payeeName} />
        <WalletHistory of={{ ...of, payee }} wallet={wallet} since={since} onWhole={onWhole} />
        <WalletGiven wallet={wallet} />
      </div>
    );
  });
}
