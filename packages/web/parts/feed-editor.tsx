// SPDX-License-Identifier: Apache-2.0
// Defines a feed, or changes one: by a form beside a sample of the file, or as the text of the feed file itself, each of
// which shows what the sample becomes while one writes. Saved, it can take the whole file at once, as a preview.
import { Button, SegmentedControl, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { api, uploadFeed } from '../api.ts';
import type { Mapping } from '../feeds/draft.ts';
import { type KindOfFact, slugOf } from '../feeds/first-draft.ts';
import { useFeedDraft } from '../feeds/use-feed-draft.ts';
import draftStyles from './draft-form.module.css';
import styles from './feed-editor.module.css';
import { FeedFile } from './feed-file.tsx';
import { FeedFilters } from './feed-filters.tsx';
import { accountWords, FeedPreview } from './feed-preview.tsx';
import { FeedRowKind } from './feed-row-kind.tsx';
import { type FeedRules, FeedRulesForm, firstRules } from './feed-rules.tsx';
import { FileChoice } from './file-choice.tsx';
import { Refused } from './loaded.tsx';
import { Section } from './page.tsx';

interface FeedEditorProps {
  readonly workspace: string;
  readonly kinds: readonly KindOfFact[];
  /** Null: a new feed. */
  readonly stored: {
    readonly feed: string;
    readonly rules: FeedRules;
    readonly mapping: Mapping;
  } | null;
  /** Names that other feeds have. */
  readonly taken: readonly string[];
}

export function FeedEditor({ workspace, kinds, stored, taken }: FeedEditorProps) {
  const [rules, setRules] = useState<FeedRules>(stored?.rules ?? firstRules);
  const state = useFeedDraft(stored?.mapping ?? null, rules.mode, kinds);
  const [cannotShow, setCannotShow] = useState(false);
  const { draft, text, file, sample, columns, mapping } = state;
  const feed = stored?.feed ?? (rules.name === '' ? slugOf(rules.title) : rules.name);
  const isTaken = stored === null && taken.includes(feed);

  const [asked] = useDebouncedValue(JSON.stringify({ mapping, mode: rules.mode }), 350);
  const isReady = sample !== null && mapping !== null && (text !== null || draft.fact !== '');
  const tried = useQuery({
    queryKey: [workspace, 'feed try', asked, file?.name, sample?.text],
    queryFn: ({ signal }) =>
      api.tryFeed(
        {
          params: { workspace },
          body: { ...JSON.parse(asked), files: [{ name: file?.name ?? '', text: sample?.text ?? '' }] },
        },
        signal,
      ),
    enabled: isReady,
    placeholderData: (before) => before,
    staleTime: Number.POSITIVE_INFINITY,
  });

  const queries = useQueryClient();
  const navigate = useNavigate();
  const save = useMutation({
    mutationFn: async (whole: File | null) => {
      const { title, mode, rows, money, needsSecondPerson, statesCompleteness } = rules;
      const changeLimit = { rows: Number(rows) / 100, money: Number(money) / 100 };
      await api.defineFeed({
        params: { workspace, feed },
        body: {
          title: title.trim(),
          mapping: mapping ?? {},
          ...{ mode, changeLimit, needsSecondPerson, statesCompleteness },
        },
      });
      return whole === null ? null : await uploadFeed({ workspace, feed }, [whole]);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: [workspace] }),
    onSuccess: async (load) =>
      load === null
        ? await navigate({ to: '/$workspace/feeds', params: { workspace } })
        : await navigate({
            to: '/$workspace/feeds/loads/$load',
            params: { workspace, load: `${load.load}` },
          }),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const submitter = (event.nativeEvent as SubmitEvent).submitter as HTMLButtonElement | null;
    save.mutate(submitter?.value === 'load' ? file : null);
  };
  const isWhole = sample?.isWhole ?? false;
  const hasMistakes = isReady && (tried.data?.errors.length ?? 0) > 0;
  const isSound = mapping !== null && !hasMistakes && !isTaken;
  return (
    <form
      className={styles['editor']}
      onSubmit={submit}
      // Enter ends a value here, and not the whole form.
      onKeyDown={(event) => {
        if (event.key === 'Enter' && event.target instanceof HTMLInputElement) event.preventDefault();
      }}
      aria-label="The feed"
    >
      <div className={styles['views']}>
        <SegmentedControl
          aria-label="How it is shown"
          data={[
            { value: 'form', label: 'Form' },
            { value: 'text', label: 'Feed file' },
          ]}
          value={text === null ? 'form' : 'text'}
          onChange={(next) => {
            if (next === 'text') state.showText();
            else setCannotShow(!state.showForm());
          }}
        />
        {cannotShow && text !== null && (
          <p role="status">The form holds one file that becomes facts; this says more, so it stays text.</p>
        )}
      </div>
      {text === null ? (
        <>
          <FeedFile
            draft={draft}
            file={file}
            sample={sample}
            onFile={(next) => void state.chooseFile(next)}
            onChange={state.change}
          />
          <FeedRowKind
            draft={draft}
            kinds={kinds}
            columns={columns}
            sample={sample}
            onKind={state.chooseKind}
            onChange={state.change}
          />
          <FeedFilters
            filters={draft.filters}
            columns={columns}
            sample={sample}
            onChange={(filters) => state.change({ filters })}
          />
        </>
      ) : (
        <Section title="The feed file" note="As it stands beside an agreement, in JSON.">
          <FileChoice
            words="Choose a sample file"
            chosen={file === null ? [] : [file]}
            onChange={([first]) => first !== undefined && void state.chooseFile(first)}
            isOne
          />
          <Textarea
            aria-label="The feed file"
            value={text}
            onChange={(event) => state.write(event.currentTarget.value)}
            rows={Math.min(30, Math.max(14, text.split('\n').length + 1))}
            classNames={{ input: draftStyles['text'] ?? '' }}
            spellCheck={false}
            error={mapping === null ? 'This is no JSON yet.' : null}
          />
        </Section>
      )}
      <FeedPreview tried={isReady ? tried.data : undefined} isWhole={isWhole} />
      {tried.error && <Refused error={tried.error} />}
      <FeedRulesForm
        rules={rules}
        isNew={stored === null}
        onChange={(change) => {
          setRules({ ...rules, ...change });
          if (change.mode !== undefined) state.changeMode(change.mode);
        }}
      />
      {isTaken && <p role="alert">There is a feed of the name {feed} already: choose another.</p>}
      {save.error && <Refused error={save.error} />}
      <div className={styles['foot']}>
        <Button
          type="submit"
          variant={file === null ? 'filled' : 'default'}
          disabled={!isSound}
          loading={save.isPending && save.variables === null}
        >
          Save the feed
        </Button>
        {file !== null && (
          <Button
            type="submit"
            value="load"
            disabled={!isSound}
            loading={save.isPending && save.variables !== null}
          >
            Save, and preview the whole file
          </Button>
        )}
        <Link to="/$workspace/feeds" params={{ workspace }}>
          Leave it
        </Link>
        {isReady && tried.data !== undefined && (
          <p className={styles['sum']}>
            {hasMistakes ? 'The mapping has mistakes.' : accountWords(tried.data, isWhole)}
          </p>
        )}
      </div>
    </form>
  );
}
