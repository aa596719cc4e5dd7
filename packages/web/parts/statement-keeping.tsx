// SPDX-License-Identifier: Apache-2.0
// What can be done with a statement: choose another version, take it away as a file, check it here, issue the next
// version. Files exist of versions that were issued.

import { Button } from '@mantine/core';
import type { Statement } from '@rapport/server/wire/statements.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { addressOf, api, extractAddress, statementAddress } from '../api.ts';
import { useMembership } from '../session.ts';
import { dayWords } from './dates.ts';
import { Icon } from './icons.tsx';
import { Refused } from './loaded.tsx';
import styles from './statement-keeping.module.css';

const formats = [
  { format: 'pdf', label: 'PDF' },
  { format: 'xlsx', label: 'Excel' },
  { format: 'csv', label: 'CSV' },
] as const;

export function StatementKeeping({
  statement,
  workspace,
}: {
  readonly statement: Statement;
  readonly workspace: string;
}) {
  const { agreement, payee, period, version } = statement;
  const params = { workspace, agreement, payee, period };
  return (
    <aside className={styles['keeping']} aria-label="Versions and files">
      <Versions params={params} shown={version} />
      {version !== null && (
        <div className={styles['block']}>
          <h2>Take it away</h2>
          <ul className={styles['files']}>
            {formats.map(({ format, label }) => (
              <File
                key={format}
                address={addressOf(statementAddress(`versions/${version}/${format}`), params)}
              >
                {label}
              </File>
            ))}
            <File
              address={addressOf(statementAddress(), params, { version })}
              name={`${agreement}-${period}.json`}
            >
              JSON
            </File>
            <File address={addressOf(statementAddress(`versions/${version}/bundle`), params)}>
              Verification bundle
            </File>
          </ul>
        </div>
      )}
      <div className={styles['block']}>
        <h2>Also those that earned nothing</h2>
        <ul className={styles['files']}>
          {(['xlsx', 'csv', 'json'] as const).map((format) => (
            <File key={format} address={addressOf(extractAddress(format), params)}>
              {`All deals, ${format === 'xlsx' ? 'Excel' : format.toUpperCase()}`}
            </File>
          ))}
        </ul>
      </div>
    </aside>
  );
}

interface Params {
  readonly workspace: string;
  readonly agreement: string;
  readonly payee: string;
  readonly period: string;
}

function File({
  address,
  name = '',
  children,
}: {
  readonly address: string;
  readonly name?: string;
  readonly children: string;
}) {
  return (
    <li>
      <a href={address} download={name}>
        <Icon name="download" size={14} />
        {children}
      </a>
    </li>
  );
}

function Versions({ params, shown }: { readonly params: Params; readonly shown: number | null }) {
  const { may } = useMembership();
  const { workspace, agreement, payee, period } = params;
  const queries = useQueryClient();
  const navigate = useNavigate();
  const query = useQuery({
    queryKey: [workspace, 'statement versions', agreement, payee, period],
    queryFn: ({ signal }) => api.listStatementVersions({ params }, signal),
  });
  const issue = useMutation({
    mutationFn: () => api.issueStatement({ params, body: {} }),
    onSuccess: async ({ version }) => {
      await queries.invalidateQueries({ queryKey: [workspace] });
      await navigate({
        to: '/$workspace/statements/$agreement/$payee/$period',
        params,
        search: version === null ? {} : { version },
      });
    },
  });
  const versions = query.data?.items ?? [];
  const words = (version: number, issuedAt: string | null) =>
    `Version ${version}${issuedAt === null ? '' : `, ${dayWords(issuedAt.slice(0, 10))}`}`;
  return (
    <div className={styles['block']}>
      <h2>Versions</h2>
      <ul className={styles['versions']}>
        <li>
          <Link
            to="/$workspace/statements/$agreement/$payee/$period"
            params={params}
            search={{}}
            activeOptions={{ exact: true, includeSearch: true }}
            data-shown={shown === null || undefined}
          >
            As it stands now
          </Link>
        </li>
        {versions.map(({ version, issuedAt }) =>
          version === null ? null : (
            <li key={version}>
              <Link
                to="/$workspace/statements/$agreement/$payee/$period"
                params={params}
                search={{ version }}
                activeOptions={{ exact: true, includeSearch: true }}
                data-shown={shown === version || undefined}
              >
                {words(version, issuedAt)}
              </Link>
            </li>
          ),
        )}
      </ul>
      {shown === null && may['statements.issue'] !== undefined && (
        <Button variant="default" size="xs" loading={issue.isPending} onClick={() => issue.mutate()}>
          Issue as version {versions.reduce((most, { version }) => Math.max(most, version ?? 0), 0) + 1}
        </Button>
      )}
      {issue.error && <Refused error={issue.error} />}
    </div>
  );
}
