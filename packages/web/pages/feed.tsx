// SPDX-License-Identifier: Apache-2.0
// One feed: a new one, or one that is there, to be changed by who may and read by everybody else.
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { api } from '../api.ts';
import { FeedEditor } from '../parts/feed-editor.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { Nothing, Page, Section } from '../parts/page.tsx';
import { useMembership } from '../session.ts';
import styles from './feed.module.css';

export function NewFeed() {
  const { workspace } = useMembership();
  const feeds = useFeeds(workspace);
  return (
    <Page
      title="A new feed"
      over={<ToFeeds workspace={workspace} />}
      lead="Say once what the rows of another system become. Nothing is guessed: what does not fit is refused with its row."
    >
      <Loaded query={feeds}>
        {({ items, kinds }) =>
          kinds.length === 0 ? (
            <Nothing>
              No agreement is in force yet, and it is agreements that say which facts there are.{' '}
              <Link to="/$workspace/agreements" params={{ workspace }}>
                To the agreements
              </Link>
            </Nothing>
          ) : (
            <FeedEditor workspace={workspace} kinds={kinds} stored={null} taken={items} />
          )
        }
      </Loaded>
    </Page>
  );
}

export function Feed() {
  const { workspace, feed } = useParams({ from: '/signed-in/$workspace/feeds/of/$feed' });
  const { may } = useMembership();
  const feeds = useFeeds(workspace);
  const query = useQuery({
    queryKey: [workspace, 'feed', feed],
    queryFn: ({ signal }) => api.readFeed({ params: { workspace, feed } }, signal),
  });
  return (
    <Loaded query={query}>
      {({ title, mode, changeLimit, needsSecondPerson, statesCompleteness, mapping }) => (
        <Page
          title={title}
          over={
            <>
              <ToFeeds workspace={workspace} /> · {feed}
            </>
          }
          lead="A change counts from the next file on; loads keep what they became."
        >
          {may['feeds.change'] === undefined ? (
            <Section title="The feed file">
              <pre className={styles['text']}>{JSON.stringify(mapping, null, 2)}</pre>
            </Section>
          ) : (
            <Loaded query={feeds}>
              {({ items, kinds }) => (
                <FeedEditor
                  workspace={workspace}
                  kinds={kinds}
                  taken={items}
                  stored={{
                    feed,
                    mapping,
                    rules: {
                      ...{ title, mode, needsSecondPerson, statesCompleteness, name: feed },
                      rows: percent(changeLimit.rows),
                      money: percent(changeLimit.money),
                    },
                  }}
                />
              )}
            </Loaded>
          )}
        </Page>
      )}
    </Loaded>
  );
}

/** Names of the feeds there are, and the kinds of facts that a row may become. */
function useFeeds(workspace: string) {
  return useQuery({
    queryKey: [workspace, 'feeds and kinds'],
    queryFn: async ({ signal }) => {
      const [{ items }, kinds] = await Promise.all([
        api.listFeeds({ params: { workspace } }, signal),
        api.listFactKinds({ params: { workspace } }, signal),
      ]);
      return { items: items.map(({ feed }) => feed), kinds: kinds.items };
    },
  });
}

function ToFeeds({ workspace }: { readonly workspace: string }) {
  return (
    <Link to="/$workspace/feeds" params={{ workspace }}>
      Feeds
    </Link>
  );
}

/** A share as percent with at most one digit after the point. */
function percent(share: number): string {
  return `${Math.round(share * 1000) / 10}`;
}
