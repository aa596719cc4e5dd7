// SPDX-License-Identifier: Apache-2.0
// All statements that the reader may see, the latest version of each: of a representative their own, of those who keep
// the books everybody's.
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '../api.ts';
import { Amount } from '../parts/amount.tsx';
import { dayWords } from '../parts/dates.ts';
import { LoadedList } from '../parts/loaded-list.tsx';
import { Page } from '../parts/page.tsx';
import { State } from '../parts/state.tsx';
import { useMembership } from '../session.ts';

export function Statements() {
  const { workspace, may } = useMembership();
  const isOwn = may['statements.read'] === 'own';
  const query = useInfiniteQuery({
    queryKey: [workspace, 'statements'],
    queryFn: ({ signal, pageParam }) =>
      api.listStatements({ params: { workspace }, query: { after: pageParam } }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  return (
    <Page
      title="Statements"
      lead="Each version stays as it was issued. What changed later stands in the next one, with its reason."
    >
      <LoadedList
        label="Statements"
        query={query}
        keyOf={({ agreement, payee, period }) => `${agreement} ${payee} ${period}`}
        empty="No statement has been issued yet."
        order={newestFirst}
        columns={[
          {
            title: 'Period',
            of: ({ agreement, payee, period }) => (
              <Link
                to="/$workspace/statements/$agreement/$payee/$period"
                params={{ workspace, agreement, payee, period }}
              >
                {period}
              </Link>
            ),
          },
          ...(isOwn ? [] : [{ title: 'Party', of: nameOf }]),
          { title: 'Agreement', of: ({ title }) => title },
          { title: 'State', of: ({ state }) => <State of={state} /> },
          {
            title: 'Version',
            of: ({ version, issuedAt, hasNewer }) =>
              version === null
                ? 'as it stands'
                : `${version}${issuedAt === null ? '' : `, ${dayWords(issuedAt.slice(0, 10))}`}${hasNewer ? ' · changes since' : ''}`,
          },
          {
            title: 'Total',
            isFigure: true,
            of: ({ totals, isNil }) =>
              isNil || totals.length === 0
                ? 'nil'
                : totals.map((total) => (
                    <div key={total.asset}>
                      <Amount of={total} />
                    </div>
                  )),
          },
        ]}
      />
    </Page>
  );
}

function nameOf({ payeeName, payee }: { readonly payeeName: string | null; readonly payee: string }): string {
  return payeeName ?? payee;
}

type Dated = { readonly period: string; readonly title: string };

/** The latest period first; labels of periods sort as text within one agreement. */
function newestFirst(a: Dated, b: Dated): number {
  return b.period.localeCompare(a.period) || a.title.localeCompare(b.title);
}
