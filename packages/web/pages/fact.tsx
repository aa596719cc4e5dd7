// SPDX-License-Identifier: Apache-2.0
// One fact: every revision as it came, from whom, and what each changed in the books.
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { api } from '../api.ts';
import { Actor } from '../parts/actor.tsx';
import { Amount } from '../parts/amount.tsx';
import { dayWords, momentWords } from '../parts/dates.ts';
import { FieldFigure } from '../parts/field-figure.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { Nothing, Page, Section } from '../parts/page.tsx';
import { changeOf, isOfUsedPoints } from '../parts/points-posting.ts';
import { Records } from '../parts/records.tsx';
import { State } from '../parts/state.tsx';
import styles from './fact.module.css';

export function Fact() {
  const params = useParams({ from: '/signed-in/$workspace/facts/$kind/$id' });
  const { workspace, kind, id } = params;
  const query = useQuery({
    queryKey: [workspace, 'fact', kind, id],
    queryFn: ({ signal }) => api.readFact({ params }, signal),
  });
  return (
    <Page
      title={`${kind} ${id}`}
      over={
        <Link to="/$workspace/facts" params={{ workspace }}>
          Facts
        </Link>
      }
    >
      <Loaded query={query}>
        {({ revisions }) =>
          revisions.map((revision) => (
            <Section
              key={revision.revision}
              title={`Revision ${revision.revision}`}
              note={
                <>
                  recorded {momentWords(revision.recordedAt)} by <Actor of={revision.actor} />, from{' '}
                  {revision.source}, entry {revision.sequence} of the log
                </>
              }
              actions={
                revision.isVoid ? <State of="voided" /> : revision.isLatest ? <State of="latest" /> : null
              }
            >
              <dl className={styles['fields']}>
                {revision.countsOn !== null && (
                  <div>
                    <dt>Counts on</dt>
                    <dd>{dayWords(revision.countsOn)}</dd>
                  </div>
                )}
                {Object.entries(revision.fields).map(([name, value]) => (
                  <div key={name}>
                    <dt>{name}</dt>
                    <dd>
                      <FieldFigure value={value} party={revision.parties[name] ?? null} />
                    </dd>
                  </div>
                ))}
              </dl>
              {revision.caused.length === 0 ? (
                <Nothing>It changed nothing in the books.</Nothing>
              ) : (
                <Records
                  label={`What revision ${revision.revision} changed in the books`}
                  items={revision.caused}
                  keyOf={({ agreement, clause, payee, period, due }) =>
                    `${agreement} ${clause} ${payee} ${period} ${due.asset}`
                  }
                  columns={[
                    { title: 'Party', of: ({ payee, payeeName }) => payeeName ?? payee },
                    { title: 'Component', of: ({ component }) => component },
                    { title: 'Earned in', of: ({ period }) => period },
                    { title: 'Posted in', of: ({ accounting }) => accounting },
                    {
                      title: 'Change',
                      of: (line) => <Amount of={changeOf(line)} isChange isQuiet={isOfUsedPoints(line)} />,
                      isFigure: true,
                    },
                  ]}
                />
              )}
            </Section>
          ))
        }
      </Loaded>
    </Page>
  );
}
