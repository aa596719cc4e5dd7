// SPDX-License-Identifier: Apache-2.0
// The state of the editor of a feed: its mapping as a form or as text, and the sample it is tried on. One of the two is
// the truth at a time; going from the one to the other carries everything over or is refused.
import { useMemo, useState } from 'react';
import { emptyDraft, type FeedDraft, formatOf, type Mapping, type Mode, mappingOf } from './draft.ts';
import { draftOf } from './draft-of-mapping.ts';
import { firstFields, firstId, type KindOfFact } from './first-draft.ts';
import { beginningOf, type Chosen, delimiterOf, type SampleFile, sampleOf } from './sample-file.ts';

export interface FeedState {
  readonly draft: FeedDraft;
  /** Null while the form is shown. */
  readonly text: string | null;
  readonly file: File | null;
  readonly sample: SampleFile | null;
  /** Columns of the sample, and those that the draft names. */
  readonly columns: readonly string[];
  /** Null while the text is no JSON object. */
  readonly mapping: Mapping | null;
  change(part: Partial<FeedDraft>): void;
  chooseKind(kind: string): void;
  chooseFile(file: File): Promise<void>;
  write(text: string): void;
  showText(): void;
  /** False where the text says more than the form holds. */
  showForm(): boolean;
  /** The files of a text take the mode over too. */
  changeMode(mode: Mode): void;
}

export function useFeedDraft(stored: Mapping | null, mode: Mode, kinds: readonly KindOfFact[]): FeedState {
  const [draft, setDraft] = useState<FeedDraft>(() => (stored && draftOf(stored, mode)) ?? emptyDraft);
  const [text, setText] = useState<string | null>(() =>
    stored !== null && draftOf(stored, mode) === null ? textOf(stored) : null,
  );
  const [chosen, setChosen] = useState<{ readonly file: File; readonly beginning: Chosen } | null>(null);
  const parsed = useMemo(() => (text === null ? null : parsedMapping(text)), [text]);
  const formMapping = useMemo(() => mappingOf(draft, mode), [draft, mode]);
  const { format, delimiter, columns: named } = draft;
  const sample = useMemo(
    () => chosen && sampleOf(chosen.beginning, { format, delimiter, columns: named }),
    [chosen, format, delimiter, named],
  );
  const suggested = (before: FeedDraft, read: SampleFile): FeedDraft => {
    const kind = kinds.find((one) => one.kind === before.fact);
    if (kind === undefined || Object.keys(before.fields).length > 0) return before;
    const id = before.id.length > 0 ? before.id : firstId(read);
    return { ...before, id, fields: firstFields(kind, read) };
  };
  return {
    draft,
    text,
    file: chosen?.file ?? null,
    sample,
    columns: [...new Set([...(sample?.columns ?? named), ...columnsIn(draft)])],
    mapping: text === null ? formMapping : parsed,
    change: (part) => setDraft((before) => ({ ...before, ...part })),
    chooseKind: (fact) => {
      const next = { ...draft, fact, fields: fact === draft.fact ? draft.fields : {} };
      setDraft(sample === null ? next : suggested(next, sample));
    },
    chooseFile: async (file) => {
      const beginning = await beginningOf(file);
      setChosen({ file, beginning });
      // A feed that is defined already says how its files are read.
      if (Object.keys(draft.fields).length > 0) return;
      const read = { format: formatOf(file.name), delimiter: delimiterOf(beginning), columns: [] };
      setDraft(suggested({ ...draft, ...read, file: file.name }, sampleOf(beginning, read)));
    },
    write: setText,
    showText: () => setText(textOf(formMapping)),
    showForm: () => {
      const next = parsed && draftOf(parsed, mode);
      if (next === null) return false;
      setDraft(next);
      setText(null);
      return true;
    },
    changeMode: (next) => {
      if (parsed === null || !Array.isArray(parsed['sources'])) return;
      const sources = parsed['sources'].map((source: unknown) =>
        typeof source === 'object' && source !== null && 'mode' in source
          ? { ...source, mode: next }
          : source,
      );
      setText(textOf({ ...parsed, sources }));
    },
  };
}

function columnsIn({ fields, id, filters, revision }: FeedDraft): readonly string[] {
  return [
    ...Object.values(fields).flatMap(({ from, text }) => (from === 'column' ? [text] : [])),
    ...filters.map(({ column }) => column),
    ...id,
    revision,
  ].filter((column) => column !== '');
}

function textOf(mapping: Mapping): string {
  return JSON.stringify(mapping, null, 2);
}

function parsedMapping(text: string): Mapping | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Mapping) : null;
  } catch {
    return null;
  }
}
