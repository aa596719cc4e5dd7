// SPDX-License-Identifier: Apache-2.0
// Closes or locks a period. It says before what that does, and asks for a reason where feeds are still awaited.
import { Button, TextInput } from '@mantine/core';
import type { PeriodRow } from '@rapport/server/wire/periods.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../api.ts';
import { AwaitedFeeds } from './awaited-feeds.tsx';
import styles from './form.module.css';
import { JobProgress } from './job-progress.tsx';
import { Refused } from './loaded.tsx';

interface CloseFormProps {
  readonly workspace: string;
  readonly agreement: string;
  readonly row: PeriodRow;
  readonly done: () => void;
}

export function CloseForm({ workspace, agreement, row, done }: CloseFormProps) {
  const { period, state, awaited } = row;
  const params = { workspace, agreement, period };
  const [job, setJob] = useState<number | null>(null);
  const queries = useQueryClient();
  const act = useMutation({
    mutationFn: async (given: { what: 'close' | 'lock'; reason: string }) => {
      const body = { despite: awaited.length > 0, ...(given.reason === '' ? {} : { reason: given.reason }) };
      if (given.what === 'lock') return (await api.lockPeriod({ params, body })).job;
      await api.closePeriod({ params, body });
      return null;
    },
    onSuccess: async (running) => {
      setJob(running);
      await queries.invalidateQueries({ queryKey: [workspace] });
      if (running === null) done();
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const submitter = (event.nativeEvent as SubmitEvent).submitter as HTMLButtonElement | null;
    const what = submitter?.value === 'close' ? 'close' : 'lock';
    act.mutate({ what, reason: `${new FormData(event.currentTarget).get('reason')}` });
  };
  return (
    <form className={styles['line']} onSubmit={submit} aria-label={`Close or lock ${period}`}>
      <p>
        {state === 'open' &&
          `Closing ${period} ends it for good: nothing more is posted in it, and what comes later is one line of the open period. `}
        Locking also issues a statement to every party, nil statements too.
      </p>
      {awaited.length > 0 && (
        <p>
          <AwaitedFeeds feeds={awaited} />. Say why it is closed all the same.
        </p>
      )}
      <TextInput
        name="reason"
        label="Why"
        description="Recorded with your name"
        required={awaited.length > 0}
      />
      {state === 'open' && (
        <Button type="submit" value="close" variant="default" loading={act.isPending}>
          Close {period}
        </Button>
      )}
      <Button type="submit" value="lock" loading={act.isPending}>
        {state === 'open' ? `Close and lock ${period}` : `Lock ${period}`}
      </Button>
      <Button variant="subtle" onClick={done}>
        Leave it
      </Button>
      {act.error && <Refused error={act.error} />}
      {job !== null && <JobProgress workspace={workspace} job={job} done={done} />}
    </form>
  );
}
