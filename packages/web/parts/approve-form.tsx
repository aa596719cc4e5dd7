// SPDX-License-Identifier: Apache-2.0
// Approves the statements of a period for payment, all that can be. What is passed over is told with its reason.
import { Button, Checkbox, TextInput } from '@mantine/core';
import type { PeriodStatement } from '@rapport/server/wire/standing.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../api.ts';
import styles from './form.module.css';
import { JobProgress } from './job-progress.tsx';
import { Refused } from './loaded.tsx';
import { countOf, isAwaiting, isToApprove, type PeriodNamed } from './period-statements.ts';

interface ApproveFormProps {
  readonly params: PeriodNamed;
  readonly statements: readonly PeriodStatement[];
  readonly done: () => void;
}

export function ApproveForm({ params, statements, done }: ApproveFormProps) {
  const [despite, setDespite] = useState(false);
  const queries = useQueryClient();
  const awaiting = statements.filter(isAwaiting);
  const names = new Map(statements.map(({ payee, payeeName }) => [payee, payeeName ?? payee]));
  const approve = useMutation({
    mutationFn: (reason: string) =>
      api.approvePeriod({ params, body: { despite, ...(reason === '' ? {} : { reason }) } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: [params.workspace] }),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    approve.mutate(`${new FormData(event.currentTarget).get('reason') ?? ''}`);
  };
  const all = statements.filter((one) => isToApprove(one) || (despite && isAwaiting(one)));
  const outcome = approve.data;
  return (
    <form className={styles['line']} onSubmit={submit} aria-label={`Approve statements of ${params.period}`}>
      <p>
        Approves {countOf(all)} as issued, so that what they say may be paid. It is recorded with your name,
        and can be taken back as long as nothing was paid.
      </p>
      {awaiting.length > 0 && (
        <>
          <Checkbox
            label={`Also ${countOf(awaiting)} that may still change by what is awaited`}
            checked={despite}
            onChange={(event) => setDespite(event.currentTarget.checked)}
          />
          {despite && <TextInput name="reason" label="Why" description="Recorded with your name" required />}
        </>
      )}
      <Button type="submit" loading={approve.isPending} disabled={all.length === 0}>
        Approve {countOf(all)}
      </Button>
      <Button variant="subtle" onClick={done}>
        {outcome === undefined ? 'Leave it' : 'Done'}
      </Button>
      {approve.error && <Refused error={approve.error} />}
      {outcome !== undefined && outcome.job === null && (
        <p role="status">
          {outcome.approved} approved
          {outcome.passedOver.length > 0 && `, ${outcome.passedOver.length} passed over: `}
          {outcome.passedOver
            .slice(0, 5)
            .map(({ payee, words }) => words.replaceAll(payee, names.get(payee) ?? payee))
            .join(' ')}
        </p>
      )}
      {outcome?.job != null && <JobProgress workspace={params.workspace} job={outcome.job} />}
    </form>
  );
}
