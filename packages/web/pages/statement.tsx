// SPDX-License-Identifier: Apache-2.0
// One statement, as a letter: from whom to whom, for which period, every line with its why, what changed since the
// version before, what earned nothing, and the means to take it away and to check it.
import { withNames } from '@rapport/core/explain/named.ts';
import type { StatementBody } from '@rapport/core/ledger/statement-body.ts';
import type { Statement as WireStatement } from '@rapport/server/wire/statements.ts';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { addressOf, api, statementAddress } from '../api.ts';
import { dayWords, momentWords } from '../parts/dates.ts';
import { Loaded } from '../parts/loaded.tsx';
import { Page } from '../parts/page.tsx';
import { RecomputedHere } from '../parts/recomputed-here.tsx';
import { State } from '../parts/state.tsx';
import { StatementAccount } from '../parts/statement-account.tsx';
import { StatementChanges } from '../parts/statement-changes.tsx';
import { StatementDecide } from '../parts/statement-decide.tsx';
import { StatementItems } from '../parts/statement-items.tsx';
import { StatementKeeping } from '../parts/statement-keeping.tsx';
import { StatementNow } from '../parts/statement-now.tsx';
import { StatementWithout } from '../parts/statement-without.tsx';
import styles from './statement.module.css';

const from = '/signed-in/$workspace/statements/$agreement/$payee/$period';

export function Statement() {
  const params = useParams({ from });
  const { version } = useSearch({ from });
  const { workspace, agreement, payee, period } = params;
  const query = useQuery({
    queryKey: [workspace, 'statement', agreement, payee, period, version ?? 'now'],
    queryFn: ({ signal }) =>
      api.readStatement({ params, query: version === undefined ? {} : { version } }, signal),
  });
  return (
    <Loaded query={query}>{(statement) => <Letter statement={statement} workspace={workspace} />}</Loaded>
  );
}

function Letter({ statement, workspace }: { readonly statement: WireStatement; readonly workspace: string }) {
  const { title, period, payer, payee, payeeName, start, end, version, issuedAt, state } = statement;
  const body = withNames(statement.body as StatementBody, statement.names);
  return (
    <Page
      title={`Statement for ${period}`}
      over={
        <Link to="/$workspace/statements" params={{ workspace }}>
          Statements
        </Link>
      }
      actions={<State of={state} />}
    >
      <div className={styles['columns']}>
        <article className={styles['letter']}>
          <dl className={styles['head']}>
            <div>
              <dt>For</dt>
              <dd>{payeeName ?? payee}</dd>
            </div>
            <div>
              <dt>From</dt>
              <dd>{payer}</dd>
            </div>
            <div>
              <dt>Under</dt>
              <dd>{title}</dd>
            </div>
            <div>
              <dt>Period</dt>
              <dd>
                {dayWords(start)} – {dayWords(end)}
              </dd>
            </div>
            <div>
              <dt>Version</dt>
              <dd>
                {version === null || issuedAt === null
                  ? 'as the books stand now, not issued'
                  : `${version}, issued ${momentWords(issuedAt)}`}
              </dd>
            </div>
          </dl>
          <StatementItems statement={statement} body={body} />
          <StatementAccount statement={statement} />
          <StatementNow statement={statement} />
        </article>
        <StatementKeeping statement={statement} workspace={workspace} />
      </div>
      <StatementDecide key={`decide ${version}`} statement={statement} workspace={workspace} />
      {version !== null && (
        <RecomputedHere
          key={version}
          bundle={addressOf(statementAddress(`versions/${version}/bundle`), {
            workspace,
            agreement: statement.agreement,
            payee,
            period,
          })}
        />
      )}
      <StatementChanges statement={statement} />
      <StatementWithout statement={statement} />
    </Page>
  );
}
