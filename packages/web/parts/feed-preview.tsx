// SPDX-License-Identifier: Apache-2.0
// What a mapping makes of the sample: the facts, the account of the rows, and what is wrong, each at its row. What is
// wrong with the mapping itself comes first, since nothing is read then.
import { groupThousands } from '@rapport/core/values/asset.ts';
import type { AnswerOf } from '@rapport/server/wire/endpoint.ts';
import type { tryFeed } from '@rapport/server/wire/feeds.ts';
import { dayWords } from './dates.ts';
import { FieldFigure } from './field-figure.tsx';
import { Findings } from './findings.tsx';
import { Nothing, Section } from './page.tsx';
import { Records } from './records.tsx';

export type Tried = AnswerOf<typeof tryFeed>;

interface FeedPreviewProps {
  /** Undefined while nothing could be tried: no file is chosen, or no kind of fact. */
  readonly tried: Tried | undefined;
  readonly isWhole: boolean;
}

export function FeedPreview({ tried, isWhole }: FeedPreviewProps) {
  return (
    <Section title="What becomes of it" note="As you go; nothing is recorded.">
      {tried === undefined ? (
        <Nothing>Choose a sample file and a kind of fact to see the facts here.</Nothing>
      ) : (
        <>
          {tried.errors.length === 0 && <p aria-live="polite">{accountWords(tried, isWhole)}</p>}
          <Findings findings={[...tried.errors, ...gathered(tried.findings)]} />
          {tried.facts.length > 0 && <Facts facts={tried.facts} />}
          {tried.attributes.length > 0 && <Attributes attributes={tried.attributes} />}
        </>
      )}
    </Section>
  );
}

/** "47 rows of the sample: 45 taken, 2 refused." */
export function accountWords({ accounts }: Tried, isWhole: boolean): string {
  const words = { taken: 'taken', filtered: 'left out', waiting: 'waiting', rejected: 'refused' } as const;
  const rows = accounts.reduce((sum, one) => sum + one.rows, 0);
  const parts = (['taken', 'filtered', 'waiting', 'rejected'] as const).flatMap((outcome) => {
    const count = accounts
      .flatMap(({ outcomes }) => outcomes)
      .reduce((sum, one) => sum + (one.outcome === outcome ? one.rows : 0), 0);
    return count === 0 ? [] : [`${groupThousands(`${count}`)} ${words[outcome]}`];
  });
  const of = `${groupThousands(`${rows}`)} ${rows === 1 ? 'row' : 'rows'}`;
  return `${of} ${isWhole ? 'of the file' : 'of its beginning'}: ${parts.join(', ') || 'nothing'}.`;
}

/** One finding for all rows that have the same mistake in the same column; the places are `file:row:column`. */
function gathered(findings: Tried['findings']): Tried['findings'] {
  const groups = new Map<string, Tried['findings']>();
  for (const finding of findings) {
    const { code, place, remedy } = finding;
    const [file = '', , ...column] = place.split(':');
    const key = JSON.stringify([code, file, column, remedy]);
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()].map(([first, ...others]) => {
    const rows = others.map(({ place }) => place.split(':')[1]).join(', ');
    const more = others.length === 0 ? '' : ` ${others.length === 1 ? 'So is row' : 'So are rows'} ${rows}.`;
    return { ...first!, detail: `${first!.detail}${more}` };
  });
}

function Facts({ facts }: { readonly facts: Tried['facts'] }) {
  const names = [...new Set(facts.flatMap(({ fields }) => Object.keys(fields)))];
  return (
    <Records
      label="First facts of the sample"
      items={facts}
      keyOf={({ kind, id, revision }, place) => `${kind} ${id} ${revision} ${place}`}
      columns={[
        { title: 'Fact', of: ({ kind, id }) => `${kind} ${id}` },
        ...names.map((name) => ({
          title: name,
          of: ({ fields }: Tried['facts'][number]) =>
            fields[name] === undefined ? null : <FieldFigure value={fields[name]} />,
        })),
      ]}
    />
  );
}

function Attributes({ attributes }: { readonly attributes: Tried['attributes'] }) {
  return (
    <Records
      label="First attributes of the sample"
      items={attributes}
      keyOf={(_, place) => `${place}`}
      columns={[
        { title: 'Of', of: ({ of }) => of },
        { title: 'Attribute', of: ({ attribute }) => attribute },
        { title: 'Value', of: ({ value }) => <FieldFigure value={value} /> },
        { title: 'From', of: ({ from }) => (from === null ? 'always' : dayWords(from)) },
      ]}
    />
  );
}
