// SPDX-License-Identifier: Apache-2.0
// Whom one may look at, where a page is about one party and none is chosen yet: those of the kinds that an agreement in
// force is about, each leading to the page about them.
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '../api.ts';
import { useMembership } from '../session.ts';
import { LoadedList } from './loaded-list.tsx';
import { Nothing, Section } from './page.tsx';

interface WhoseProps {
  readonly to: '/$workspace/earnings' | '/$workspace/wallet';
  readonly kinds: readonly string[];
  /** What is said where no agreement is about anybody yet. */
  readonly nobody: string;
}

export function Whose({ to, kinds, nobody }: WhoseProps) {
  const { may } = useMembership();
  if (kinds.length === 0) return <Nothing>{nobody}</Nothing>;
  if (may['parties.read'] === undefined) return <Nothing>Choose whose to see.</Nothing>;
  return kinds.map((kind) => <OfKind key={kind} to={to} kind={kind} />);
}

function OfKind({ to, kind }: { readonly to: WhoseProps['to']; readonly kind: string }) {
  const { workspace } = useMembership();
  const query = useInfiniteQuery({
    queryKey: [workspace, 'parties', 'of kind', kind],
    queryFn: ({ signal, pageParam }) =>
      api.listParties({ params: { workspace }, query: { kind, limit: 25, after: pageParam } }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  return (
    <Section title={kind}>
      <LoadedList
        label={kind}
        query={query}
        keyOf={({ party }) => party}
        empty="Nobody is known yet."
        columns={[
          {
            title: 'Name',
            of: ({ party, name, references }) => (
              <Link to={to} params={{ workspace }} search={{ party }}>
                {name ?? references[0]?.reference ?? party}
              </Link>
            ),
          },
          {
            title: 'In other systems',
            of: ({ references }) => references.map(({ reference }) => reference).join(', '),
          },
        ]}
      />
    </Section>
  );
}
