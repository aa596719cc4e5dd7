// SPDX-License-Identifier: Apache-2.0
// Starts work on the books, shows how far it is, and what it found. It says beforehand what it does.
import { Button } from '@mantine/core';
import type { Job } from '@rapport/server/wire/oversight.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { FormEvent, ReactNode } from 'react';
import { api } from '../api.ts';
import styles from './form.module.css';
import { JobProgress } from './job-progress.tsx';
import { JobReport } from './job-report.tsx';
import { Loaded, Refused } from './loaded.tsx';

interface RunFormProps {
  readonly workspace: string;
  readonly label: string;
  readonly says: string;
  readonly button: string;
  readonly start: (form: FormData) => Promise<Job>;
  readonly children?: ReactNode;
}

export function RunForm({ workspace, label, says, button, start, children }: RunFormProps) {
  const queries = useQueryClient();
  const run = useMutation({
    mutationFn: start,
    onSuccess: () => queries.invalidateQueries({ queryKey: [workspace, 'jobs'] }),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    run.mutate(new FormData(event.currentTarget));
  };
  return (
    <>
      <form className={styles['line']} onSubmit={submit} aria-label={label}>
        <p>{says}</p>
        {children}
        <Button type="submit" variant="default" loading={run.isPending}>
          {button}
        </Button>
        {run.error && <Refused error={run.error} />}
      </form>
      {run.data !== undefined && <Outcome key={run.data.job} workspace={workspace} job={run.data.job} />}
    </>
  );
}

function Outcome({ workspace, job }: { readonly workspace: string; readonly job: number }) {
  const query = useQuery({
    queryKey: ['job', workspace, job],
    queryFn: ({ signal }) => api.readJob({ params: { workspace, job } }, signal),
  });
  return (
    <Loaded query={query}>
      {(found) =>
        found.state === 'done' ? (
          <JobReport job={found} workspace={workspace} />
        ) : (
          <JobProgress workspace={workspace} job={job} />
        )
      }
    </Loaded>
  );
}
