// SPDX-License-Identifier: Apache-2.0
// Issues the statements of a period whose latest version does not say what stands now.
import { Button } from '@mantine/core';
import type { PeriodStatement } from '@rapport/server/wire/standing.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../api.ts';
import styles from './form.module.css';
import { Refused } from './loaded.tsx';
import { countOf, isToIssue, type PeriodNamed } from './period-statements.ts';

interface IssueFormProps {
  readonly params: PeriodNamed;
  readonly statements: readonly PeriodStatement[];
  readonly done: () => void;
}

export function IssueForm({ params, statements, done }: IssueFormProps) {
  const queries = useQueryClient();
  const [count, setCount] = useState(0);
  const toIssue = statements.filter(isToIssue);
  const issue = useMutation({
    mutationFn: async () => {
      for (const { payee } of toIssue) {
        await api.issueStatement({ params: { ...params, payee }, body: {} });
        setCount((before) => before + 1);
      }
    },
    onSuccess: done,
    onSettled: () => queries.invalidateQueries({ queryKey: [params.workspace] }),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setCount(0);
    issue.mutate();
  };
  return (
    <form className={styles['line']} onSubmit={submit} aria-label={`Issue statements of ${params.period}`}>
      <p>
        Issues {countOf(toIssue)} as the books stand now, each as its next version. A version never changes;
        its party sees it at once. What comes later makes another version.
      </p>
      <Button type="submit" loading={issue.isPending} disabled={toIssue.length === 0}>
        Issue {countOf(toIssue)}
      </Button>
      <Button variant="subtle" onClick={done}>
        Leave it
      </Button>
      {issue.isPending && (
        <p role="status">
          {count} of {toIssue.length}
        </p>
      )}
      {issue.error && <Refused error={issue.error} />}
    </form>
  );
}
