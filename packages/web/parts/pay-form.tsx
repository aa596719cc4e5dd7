// SPDX-License-Identifier: Apache-2.0
// Records what was paid for a period: all that is approved, on one day, or the file that payroll exports. Either is shown
// row by row, with what is left of what is approved, before it is recorded. Nothing is paid by this.
import { Button, SegmentedControl, TextInput } from '@mantine/core';
import type { AnswerOf } from '@rapport/server/wire/endpoint.ts';
import type { recordPayments } from '@rapport/server/wire/payments.ts';
import type { PeriodStatement } from '@rapport/server/wire/standing.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, uploadPayments } from '../api.ts';
import { Amount } from './amount.tsx';
import { signOf } from './amount-words.ts';
import { dayWords } from './dates.ts';
import { FileChoice } from './file-choice.tsx';
import styles from './form.module.css';
import { Refused } from './loaded.tsx';
import { countOf, isToPay, type PeriodNamed } from './period-statements.ts';
import { Records } from './records.tsx';

interface PayFormProps {
  readonly params: PeriodNamed;
  readonly statements: readonly PeriodStatement[];
  readonly done: () => void;
}

type Recorded = AnswerOf<typeof recordPayments>;

/** What the form says, as a call that only previews or records. */
type Recording = (preview: boolean) => Promise<Recorded>;

/** Payments of one call. */
const atOnce = 1000;

export function PayForm({ params, statements, done }: PayFormProps) {
  const { workspace, agreement, period } = params;
  const [source, setSource] = useState<'approved' | 'file'>('approved');
  const [file, setFile] = useState<File | null>(null);
  const [recording, setRecording] = useState<Recording | null>(null);
  const queries = useQueryClient();
  const toPay = statements.filter(isToPay);
  const preview = useMutation({ mutationFn: (asked: Recording) => asked(true) });
  const record = useMutation({
    mutationFn: (asked: Recording) => asked(false),
    onSuccess: () => queries.invalidateQueries({ queryKey: [workspace] }),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const on = `${form.get('on')}`;
    const reference = `${form.get('reference') ?? ''}`;
    const asked: Recording =
      source === 'file' && file !== null
        ? (isPreview) => uploadPayments({ workspace, agreement }, { preview: isPreview, on }, file)
        : (isPreview) =>
            payApproved(params, toPay, {
              on,
              preview: isPreview,
              ...(reference === '' ? {} : { reference }),
            });
    setRecording(() => asked);
    record.reset();
    preview.mutate(asked);
  };
  const shown = record.data ?? preview.data;
  return (
    <>
      <form className={styles['line']} onSubmit={submit} aria-label={`Record what was paid for ${period}`}>
        <p>
          Records payments that were made outside, such as by payroll; nothing is paid by this. A payment is
          never taken out again. More than is approved is refused.
        </p>
        <SegmentedControl
          className={styles['wide'] ?? ''}
          aria-label="What was paid"
          value={source}
          onChange={(next) => {
            setSource(next === 'file' ? 'file' : 'approved');
            preview.reset();
            record.reset();
          }}
          data={[
            { value: 'approved', label: `All that is approved (${toPay.length})` },
            { value: 'file', label: 'A file of payroll' },
          ]}
        />
        <TextInput type="date" name="on" label="Paid on" required />
        {source === 'approved' ? (
          <TextInput name="reference" label="Reference" placeholder="SEPA 2026-04-15" />
        ) : (
          <FileChoice
            words="Choose a CSV file: payee, period, amount"
            chosen={file === null ? [] : [file]}
            isOne
            onChange={([first]) => setFile(first ?? null)}
          />
        )}
        <Button
          type="submit"
          variant="default"
          loading={preview.isPending}
          disabled={source === 'file' ? file === null : toPay.length === 0}
        >
          Preview
        </Button>
        <Button variant="subtle" onClick={done}>
          {record.data === undefined ? 'Leave it' : 'Done'}
        </Button>
        {preview.error && <Refused error={preview.error} />}
        {record.error && <Refused error={record.error} />}
      </form>
      {shown !== undefined && <Rows items={shown.items} />}
      {preview.data !== undefined && record.data === undefined && recording !== null && (
        <Button loading={record.isPending} onClick={() => record.mutate(recording)}>
          Record{' '}
          {countOf(
            preview.data.items.filter(({ outcome }) => outcome === 'ready'),
            'payment',
          )}
        </Button>
      )}
      {record.data !== undefined && (
        <p role="status">
          {record.data.recorded} recorded
          {record.data.repeated > 0 && `, ${record.data.repeated} were known already`}.
        </p>
      )}
    </>
  );
}

/** One payment for each amount that is approved and not paid. The day and the statement name it, so a repeat is one. */
async function payApproved(
  { workspace, agreement, period }: PeriodNamed,
  toPay: readonly PeriodStatement[],
  { on, preview, reference }: { readonly on: string; readonly preview: boolean; readonly reference?: string },
): Promise<Recorded> {
  const payments = toPay.flatMap(({ payee, version, accounts }) =>
    accounts
      .filter(({ approvedLeft }) => signOf(approvedLeft) > 0)
      .map(({ approvedLeft: amount }) => ({
        ...{ payee, period, amount, on },
        id: `${period} ${payee} ${amount.asset} v${version} ${on} ${amount.amount}`,
        ...(reference === undefined ? {} : { reference }),
      })),
  );
  const done: Recorded[] = [];
  for (let first = 0; first < payments.length; first += atOnce) {
    const body = { payments: payments.slice(first, first + atOnce), preview };
    done.push(await api.recordPayments({ params: { workspace, agreement }, body }));
  }
  return {
    items: done.flatMap(({ items }) => items),
    recorded: done.reduce((sum, { recorded }) => sum + recorded, 0),
    repeated: done.reduce((sum, { repeated }) => sum + repeated, 0),
  };
}

const outcomeWords = { ready: 'to be recorded', recorded: 'recorded', repeated: 'known already' } as const;

function Rows({ items }: { readonly items: Recorded['items'] }) {
  return (
    <Records
      label="Payments"
      items={items}
      keyOf={({ id }) => id}
      columns={[
        { title: 'Party', of: ({ payee, payeeName }) => payeeName ?? payee },
        { title: 'Period', of: ({ period }) => period },
        { title: 'Paid on', of: ({ on }) => dayWords(on) },
        { title: 'Reference', of: ({ reference }) => reference },
        { title: 'It is', of: ({ outcome }) => outcomeWords[outcome] },
        {
          title: 'Approved before',
          of: ({ approvedBefore }) => <Amount of={approvedBefore} />,
          isFigure: true,
        },
        { title: 'Left after', of: ({ left }) => <Amount of={left} />, isFigure: true },
        { title: 'Amount', of: ({ amount }) => <Amount of={amount} />, isFigure: true },
      ]}
    />
  );
}
