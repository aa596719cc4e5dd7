// SPDX-License-Identifier: Apache-2.0
// What a party earns, as it happens: the period so far and where it leads, how far the targets are reached, each
// component with its why, and every posting the moment the service makes it. Those who see others' pay choose whose.
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Earned } from '../parts/earned.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { Nothing, Page } from '../parts/page.tsx';
import { PartySelect } from '../parts/party-select.tsx';
import { Whose } from '../parts/whose.tsx';
import { useMembership } from '../session.ts';
import { termsQuery } from '../terms.ts';

const from = '/signed-in/$workspace/earnings';

export function Earnings() {
  const { workspace, may, party: own } = useMembership();
  const { party = own } = useSearch({ from });
  const navigate = useNavigate({ from: '/$workspace/earnings' });
  const seesOthers = may['earnings.read'] !== 'own';
  const terms = useQuery({ ...termsQuery(workspace, null), enabled: party === null && seesOthers });
  const select = seesOthers ? (
    <PartySelect
      workspace={workspace}
      value={party}
      onChange={(next) => void navigate({ search: next === null ? {} : { party: next } })}
    />
  ) : undefined;
  return (
    <Page title="Earnings" actions={select}>
      {party !== null ? (
        <OfParty workspace={workspace} party={party} />
      ) : seesOthers ? (
        <Loaded query={terms}>
          {({ paying }) => (
            <Whose
              to="/$workspace/earnings"
              kinds={[...new Set(paying.flatMap(({ payees }) => payees))]}
              nobody="No agreement that is in force pays anybody yet."
            />
          )}
        </Loaded>
      ) : (
        <Nothing>You are not a party of an agreement yet.</Nothing>
      )}
    </Page>
  );
}

/** Every agreement that pays parties of this kind. */
function OfParty({ workspace, party }: { readonly workspace: string; readonly party: string }) {
  const query = useQuery(termsQuery(workspace, party));
  return (
    <Loaded query={query}>
      {({ paying }) =>
        paying.length === 0 ? (
          <Nothing>No agreement that is in force pays this party.</Nothing>
        ) : (
          paying.map(({ agreement, title, hasPeriods }) => (
            <Earned
              key={agreement}
              workspace={workspace}
              agreement={agreement}
              title={title}
              hasPeriods={hasPeriods}
              payee={party}
              isOnly={paying.length === 1}
            />
          ))
        )
      }
    </Loaded>
  );
}
