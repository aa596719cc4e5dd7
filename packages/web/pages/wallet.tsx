// SPDX-License-Identifier: Apache-2.0
// A party's points, as they happen: what there is to use, what expires next, how far the next voucher is, and everything
// that happened, each line with its why. Those who see others' points choose whose.
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Loaded } from '../parts/loaded.tsx';
import { Nothing, Page } from '../parts/page.tsx';
import { PartySelect } from '../parts/party-select.tsx';
import { WalletOf } from '../parts/wallet-of.tsx';
import { Whose } from '../parts/whose.tsx';
import { useMembership } from '../session.ts';
import { termsQuery } from '../terms.ts';

export function Wallet() {
  const { workspace, may, party: own } = useMembership();
  const { party = own } = useSearch({ from: '/signed-in/$workspace/wallet' });
  const navigate = useNavigate({ from: '/$workspace/wallet' });
  const seesOthers = may['wallets.read'] !== 'own';
  const keeping = useQuery(termsQuery(workspace, null));
  const kinds = new Set(keeping.data?.keeping.flatMap(({ wallets }) => wallets));
  const select = seesOthers ? (
    <PartySelect
      workspace={workspace}
      value={party}
      {...(kinds.size === 1 ? { kind: [...kinds][0]! } : {})}
      onChange={(next) => void navigate({ search: next === null ? {} : { party: next } })}
    />
  ) : undefined;
  return (
    <Page title="Points" actions={select} isNarrow>
      {party !== null ? (
        <OfParty workspace={workspace} party={party} />
      ) : seesOthers ? (
        <Loaded query={keeping}>
          {() => (
            <Whose
              to="/$workspace/wallet"
              kinds={[...kinds]}
              nobody="No agreement that is in force keeps points of anybody yet."
            />
          )}
        </Loaded>
      ) : (
        <Nothing>You are not a party of an agreement yet.</Nothing>
      )}
    </Page>
  );
}

/** Every agreement that keeps points of this party. */
function OfParty({ workspace, party }: { readonly workspace: string; readonly party: string }) {
  const query = useQuery(termsQuery(workspace, party));
  return (
    <Loaded query={query}>
      {({ keeping }) =>
        keeping.length === 0 ? (
          <Nothing>No agreement that is in force keeps points of this party.</Nothing>
        ) : (
          keeping.map(({ agreement }) => (
            <WalletOf key={agreement} workspace={workspace} agreement={agreement} payee={party} />
          ))
        )
      }
    </Loaded>
  );
}
