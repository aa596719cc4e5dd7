// SPDX-License-Identifier: Apache-2.0
// Chooses files from the reader's own machine: a field that says what was chosen, for the mouse and the keyboard alike,
// and onto which a file can be dropped.
import { type DragEvent, useId, useState } from 'react';
import styles from './file-choice.module.css';
import { Icon } from './icons.tsx';

interface FileChoiceProps {
  /** What stands there while nothing is chosen. */
  readonly words: string;
  readonly chosen: readonly File[];
  readonly onChange: (files: readonly File[]) => void;
  readonly isOne?: boolean;
}

export function FileChoice({ words, chosen, onChange, isOne = false }: FileChoiceProps) {
  const [isOver, setOver] = useState(false);
  const input = useId();
  const drop = (event: DragEvent<HTMLElement>) => {
    event.preventDefault();
    setOver(false);
    const files = [...event.dataTransfer.files];
    if (files.length > 0) onChange(isOne ? files.slice(0, 1) : files);
  };
  return (
    <div className={styles['file']}>
      <input
        id={input}
        className="visually-hidden"
        type="file"
        accept=".csv,.tsv,.json,.jsonl,.ndjson,.txt,text/csv,application/json,application/jsonl"
        multiple={!isOne}
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          // Chosen again after a change, the same file is read anew.
          event.currentTarget.value = '';
          if (files.length > 0) onChange(files);
        }}
      />
      <label
        htmlFor={input}
        data-over={isOver || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <Icon name="upload" />
        {chosen.length === 0 ? words : chosen.map(({ name }) => name).join(', ')}
      </label>
    </div>
  );
}
