// SPDX-License-Identifier: Apache-2.0
// One agreement: its versions, the document of one of them with the reading under each formula, the values that are
// set per person, and putting a draft into force.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { api } from '../api.ts';
import { ActivateForm } from '../parts/activate-form.tsx';
import { Actor } from '../parts/actor.tsx';
import { AgreementText } from '../parts/agreement-text.tsx';
import { dayWords } from '../parts/dates.ts';
import { Findings } from '../parts/findings.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { Page, Section } from '../parts/page.tsx';
import { PersonalValues } from '../parts/personal-values.tsx';
import { Records } from '../parts/records.tsx';
import { RunForm } from '../parts/run-form.tsx';
import { State } from '../parts/state.tsx';
import { useMembership } from '../session.ts';

const DraftForm = lazy(() => import('../parts/draft-form.tsx').then((part) => ({ default: part.DraftForm })));

const from = '/signed-in/$workspace/agreements/$agreement';

export function Agreement() {
  const { workspace, agreement } = useParams({ from });
  const { version: asked } = useSearch({ from });
  const query = useQuery({
    queryKey: [workspace, 'agreement', agreement],
    queryFn: ({ signal }) => api.readAgreement({ params: { workspace, agreement } }, signal),
  });
  return (
    <Loaded query={query}>
      {({ title, versions }) => {
        const inForce = versions.find(({ state }) => state === 'active') ?? versions.at(-1);
        const shown = versions.find(({ version }) => version === asked) ?? inForce;
        return (
          <Page
            title={title}
            over={
              <Link to="/$workspace/agreements" params={{ workspace }}>
                Agreements
              </Link>
            }
          >
            <Section title="Versions">
              <Records
                label="Versions"
                items={[...versions].reverse()}
                keyOf={({ version }) => `${version}`}
                columns={[
                  {
                    title: 'Version',
                    of: ({ version }) => (
                      <Link
                        to="/$workspace/agreements/$agreement"
                        params={{ workspace, agreement }}
                        search={{ version }}
                        resetScroll={false}
                      >
                        Version {version}
                      </Link>
                    ),
                  },
                  { title: 'State', of: ({ state }) => <State of={state} /> },
                  { title: 'In force', of: forceWords },
                  { title: 'Added by', of: ({ createdBy }) => <Actor of={createdBy} /> },
                  {
                    title: 'Put in force by',
                    of: ({ activatedBy }) => activatedBy !== null && <Actor of={activatedBy} />,
                  },
                  { title: 'Hash', of: ({ hash }) => <code>{hash.slice(0, 12)}</code> },
                ]}
              />
            </Section>
            <PersonalValues workspace={workspace} agreement={agreement} />
            {shown !== undefined && (
              <Document
                key={shown.version}
                workspace={workspace}
                agreement={agreement}
                version={shown.version}
                isInForce={versions.some(({ state }) => state === 'active')}
              />
            )}
          </Page>
        );
      }}
    </Loaded>
  );
}

function forceWords({
  state,
  from: first,
  to,
}: {
  state: string;
  from: string | null;
  to: string | null;
}): string {
  if (state === 'draft') return '';
  const begin = first === null ? 'from the beginning' : `from ${dayWords(first)}`;
  return to === null ? begin : `${begin}, no longer on ${dayWords(to)}`;
}

function Document(params: {
  readonly workspace: string;
  readonly agreement: string;
  readonly version: number;
  /** Whether another version of it is in force. */
  readonly isInForce: boolean;
}) {
  const { workspace, agreement, version, isInForce } = params;
  const { may } = useMembership();
  const [isWriting, setWriting] = useState(false);
  const query = useQuery({
    queryKey: [workspace, 'agreement document', agreement, version],
    queryFn: ({ signal }) => api.readAgreementDocument({ params: { workspace, agreement, version } }, signal),
  });
  const canDraft = may['agreements.draft'] !== undefined;
  return (
    <Section
      title={`Version ${version}`}
      note="Under each formula stands its reading, written by the machine from the formula."
      actions={
        canDraft && (
          <Button
            variant="default"
            size="xs"
            aria-expanded={isWriting}
            onClick={() => setWriting(!isWriting)}
          >
            Write the next version from this one
          </Button>
        )
      }
    >
      <Loaded query={query}>
        {({ document, text, state, hash, compiled }) => (
          <>
            {state === 'draft' && may['agreements.activate'] !== undefined && (
              <ActivateForm {...{ workspace, agreement, version, hash }} />
            )}
            {state === 'draft' && isInForce && may['books.check'] !== undefined && (
              <RunForm
                workspace={workspace}
                label={`Compute version ${version} beside the books`}
                says={`Computes everybody as if version ${version} were in force in the place of the one that is, and says what would differ. Nothing is posted.`}
                button={`Compute version ${version} beside the books`}
                start={() => api.startShadowReplay({ params: { workspace, agreement }, body: { version } })}
              />
            )}
            {isWriting && (
              <Suspense>
                <DraftForm workspace={workspace} agreement={agreement} text={text} />
              </Suspense>
            )}
            {canDraft && <Findings findings={compiled.warnings} />}
            <AgreementText document={document} />
          </>
        )}
      </Loaded>
    </Section>
  );
}
