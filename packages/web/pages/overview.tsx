// SPDX-License-Identifier: Apache-2.0
// What waits for somebody, for those who keep the books: periods that are over and open, facts that wait, loads to be
// approved, feeds that are not complete, and the last acts. Each line leads to its page; a part that a role may not see
// is not asked for.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '../api.ts';
import { actWords } from '../parts/act-words.ts';
import { Actor } from '../parts/actor.tsx';
import { dayWords, momentWords } from '../parts/dates.ts';
import { FirstSteps } from '../parts/first-steps.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { Page, Section } from '../parts/page.tsx';
import { PeriodsAhead } from '../parts/periods-ahead.tsx';
import { ToDo, ToDos } from '../parts/to-do.tsx';
import { useMembership } from '../session.ts';

export function Overview() {
  const { workspace, title, may } = useMembership();
  return (
    <Page title="Overview" over={title} lead="What waits for somebody, and what was done last." isNarrow>
      {may['agreements.read'] === 'all' && <FirstSteps />}
      {may['agreements.read'] === 'all' && (
        <Section title="Periods">
          <PeriodsAhead workspace={workspace} />
        </Section>
      )}
      {may['feeds.read'] === 'all' && (
        <Section title="Facts">
          <Facts workspace={workspace} />
        </Section>
      )}
      {may['audit.read'] === 'all' && (
        <Section title="Last acts">
          <Acts workspace={workspace} />
        </Section>
      )}
    </Page>
  );
}

/** As many are counted; more than that are "99+". */
const countMax = 99;

function countWords(items: readonly unknown[], next: string | null): string {
  return next === null ? `${items.length}` : `${items.length}+`;
}

function Facts({ workspace }: { readonly workspace: string }) {
  const params = { workspace };
  const waiting = useQuery({
    queryKey: [workspace, 'overview', 'waiting'],
    queryFn: ({ signal }) => api.listWaiting({ params, query: { limit: countMax } }, signal),
  });
  const loads = useQuery({
    queryKey: [workspace, 'overview', 'loads'],
    queryFn: ({ signal }) => api.listLoads({ params, query: { limit: 100 } }, signal),
  });
  const feeds = useQuery({
    queryKey: [workspace, 'completeness'],
    queryFn: ({ signal }) => api.readCompleteness({ params }, signal),
  });
  return (
    <Loaded query={waiting}>
      {({ items: facts, next }) => (
        <Loaded query={loads}>
          {({ items: all }) => (
            <Loaded query={feeds}>
              {({ items }) => (
                <ToDos isDone="No fact waits, no load is to be approved, and every feed has been declared.">
                  {facts.length > 0 && (
                    <ToDo
                      link={
                        <Link to="/$workspace/facts" params={params}>
                          {countWords(facts, next)} {facts.length === 1 ? 'fact waits' : 'facts wait'}
                        </Link>
                      }
                      note={`for ${[...new Set(facts.map(({ reason }) => reason))].slice(0, 2).join('; ')}`}
                    />
                  )}
                  {all
                    .filter(({ state }) => state === 'waiting for approval')
                    .map(({ load, fileName, actor, at, reasons }) => (
                      <ToDo
                        key={load}
                        link={
                          <Link to="/$workspace/feeds/loads/$load" params={{ workspace, load: `${load}` }}>
                            {fileName} waits for approval
                          </Link>
                        }
                        note={
                          <>
                            {reasons.join('; ')} · <Actor of={actor} />, {momentWords(at)}
                          </>
                        }
                      />
                    ))}
                  {items
                    .filter(({ completeThrough, differs }) => completeThrough === null || differs)
                    .map(({ feed, title, completeThrough }) => (
                      <ToDo
                        key={feed}
                        link={
                          <Link to="/$workspace/feeds" params={params}>
                            {title}
                          </Link>
                        }
                        note={
                          completeThrough === null
                            ? 'nobody has declared it complete yet'
                            : `complete through ${dayWords(completeThrough)}, but it differs from its control totals`
                        }
                      />
                    ))}
                </ToDos>
              )}
            </Loaded>
          )}
        </Loaded>
      )}
    </Loaded>
  );
}

function Acts({ workspace }: { readonly workspace: string }) {
  const query = useQuery({
    queryKey: [workspace, 'overview', 'acts'],
    queryFn: ({ signal }) => api.listAudit({ params: { workspace }, query: { limit: 6 } }, signal),
  });
  return (
    <Loaded query={query}>
      {({ items }) => (
        <>
          <ToDos isDone="Nothing has been done yet.">
            {items.map(({ id, action, actor, at }) => (
              <ToDo
                key={id}
                link={actWords(action)}
                note={
                  <>
                    <Actor of={actor} />, {momentWords(at)}
                  </>
                }
              />
            ))}
          </ToDos>
          <Link to="/$workspace/trail" params={{ workspace }}>
            All acts
          </Link>
        </>
      )}
    </Loaded>
  );
}
