// SPDX-License-Identifier: Apache-2.0
// The agreements of the workspace: which are in force, since when, and which versions are drafts. Who drafts may add
// one from its text.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { api } from '../api.ts';
import { dayWords } from '../parts/dates.ts';
import { Loaded } from '../parts/loaded.tsx';
import { Page } from '../parts/page.tsx';
import { Records } from '../parts/records.tsx';
import { State } from '../parts/state.tsx';
import { useMembership } from '../session.ts';

const DraftForm = lazy(() => import('../parts/draft-form.tsx').then((part) => ({ default: part.DraftForm })));

export function Agreements() {
  const { workspace, may } = useMembership();
  const [isAdding, setAdding] = useState(false);
  const query = useQuery({
    queryKey: [workspace, 'agreements'],
    queryFn: ({ signal }) => api.listAgreements({ params: { workspace } }, signal),
  });
  return (
    <Page
      title="Agreements"
      lead="The document that people sign is the program that computes. Each version stays readable for ever."
      actions={
        may['agreements.draft'] !== undefined && (
          <Button variant="default" aria-expanded={isAdding} onClick={() => setAdding(!isAdding)}>
            Add an agreement
          </Button>
        )
      }
    >
      {isAdding && (
        <Suspense>
          <DraftForm workspace={workspace} agreement={null} />
        </Suspense>
      )}
      <Loaded query={query}>
        {({ items }) => (
          <Records
            label="Agreements"
            items={items}
            keyOf={({ agreement }) => agreement}
            empty="No agreement has been added yet."
            columns={[
              {
                title: 'Agreement',
                of: ({ agreement, title }) => (
                  <Link to="/$workspace/agreements/$agreement" params={{ workspace, agreement }}>
                    {title}
                  </Link>
                ),
              },
              {
                title: 'State',
                of: ({ versions }) => (
                  <State of={versions.some(({ state }) => state === 'active') ? 'active' : 'draft'} />
                ),
              },
              { title: 'Pays', of: ({ payees }) => payees.join(', ') },
              { title: 'Versions', of: ({ versions }) => `${versions.length}`, isFigure: true },
              {
                title: 'In force from',
                of: ({ versions }) => {
                  const active = versions.find(({ state }) => state === 'active');
                  if (active === undefined) return '';
                  return active.from === null ? 'the beginning' : dayWords(active.from);
                },
              },
            ]}
          />
        )}
      </Loaded>
    </Page>
  );
}
