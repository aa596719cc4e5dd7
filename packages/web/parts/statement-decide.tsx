// SPDX-License-Identifier: Apache-2.0
// What finance does with one statement: approve the version before their eyes, take the approval back while nothing was
// paid, record a payment. Each says before what it does; the service refuses what cannot be.
import { Button, Checkbox, TextInput } from '@mantine/core';
import type { Statement } from '@rapport/server/wire/statements.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { api } from '../api.ts';
import { useMembership } from '../session.ts';
import { signOf } from './amount-words.ts';
import styles from './form.module.css';
import { Refused } from './loaded.tsx';
import { Section } from './page.tsx';

interface DecideProps {
  readonly statement: Statement;
  readonly workspace: string;
}

interface Params {
  readonly workspace: string;
  readonly agreement: string;
  readonly payee: string;
  readonly period: string;
}

type Act = 'approve' | 'take back' | 'pay';

export function StatementDecide({ statement, workspace }: DecideProps) {
  const { may } = useMembership();
  const [chosen, choose] = useState<Act | null>(null);
  const { agreement, payee, period, version, state, now } = statement;
  const params = { workspace, agreement, payee, period };
  const isPaid = now.payments.length > 0;
  const mayApprove = may['statements.approve'] !== undefined;
  const isApproved = now.approval !== null && now.approval.version === version;
  const acts: readonly { readonly act: Act; readonly words: string }[] = [
    ...(mayApprove && version !== null && !isApproved && state !== 'paid'
      ? [{ act: 'approve' as const, words: `Approve version ${version}` }]
      : []),
    ...(mayApprove && now.approval !== null && !isPaid
      ? [{ act: 'take back' as const, words: 'Take the approval back' }]
      : []),
    ...(may['payments.record'] === undefined ? [] : [{ act: 'pay' as const, words: 'Record a payment' }]),
  ];
  if (acts.length === 0) return null;
  const done = () => choose(null);
  return (
    <Section
      title="Approval and payment"
      actions={acts.map(({ act, words }) => (
        <Button
          key={act}
          size="xs"
          variant="default"
          aria-expanded={chosen === act}
          onClick={() => choose(chosen === act ? null : act)}
        >
          {words} …
        </Button>
      ))}
    >
      {chosen === 'approve' && version !== null && (
        <Approve params={params} version={version} isProvisional={state === 'provisional'} done={done} />
      )}
      {chosen === 'take back' && <TakeBack params={params} done={done} />}
      {chosen === 'pay' && <Pay params={params} statement={statement} done={done} />}
    </Section>
  );
}

/** A form that says what it does, sends it, and shows a refusal in the words of the service. */
function ActForm({
  label,
  says,
  button,
  send,
  done,
  children,
}: {
  readonly label: string;
  readonly says: string;
  readonly button: string;
  readonly send: (form: FormData) => Promise<unknown>;
  readonly done: () => void;
  readonly children?: ReactNode;
}) {
  const queries = useQueryClient();
  const act = useMutation({
    mutationFn: send,
    onSuccess: async () => {
      await queries.invalidateQueries();
      done();
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    act.mutate(new FormData(event.currentTarget));
  };
  return (
    <form className={styles['line']} onSubmit={submit} aria-label={label}>
      <p>{says}</p>
      {children}
      <Button type="submit" loading={act.isPending}>
        {button}
      </Button>
      <Button variant="subtle" onClick={done}>
        Leave it
      </Button>
      {act.error && <Refused error={act.error} />}
    </form>
  );
}

/** Of one form: pressing its button twice records one payment. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return `page-${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

interface FormProps {
  readonly params: Params;
  readonly done: () => void;
}

function Approve({
  params,
  version,
  isProvisional,
  done,
}: FormProps & { readonly version: number; readonly isProvisional: boolean }) {
  const [despite, setDespite] = useState(false);
  return (
    <ActForm
      label="Approve the statement"
      says={`What version ${version} says may be paid from then on. It is recorded with your name, and can be taken back as long as nothing was paid.`}
      button={`Approve version ${version}`}
      send={(form) => {
        const reason = `${form.get('reason') ?? ''}`;
        const body = { version, despite, ...(reason === '' ? {} : { reason }) };
        return api.approveStatement({ params, body });
      }}
      done={done}
    >
      {isProvisional && (
        <Checkbox
          label="Although something is awaited"
          checked={despite}
          onChange={(event) => setDespite(event.currentTarget.checked)}
        />
      )}
      {despite && <TextInput name="reason" label="Why" description="Recorded with your name" required />}
    </ActForm>
  );
}

function TakeBack({ params, done }: FormProps) {
  return (
    <ActForm
      label="Take the approval back"
      says="Nothing may be paid for this statement until it is approved again."
      button="Take it back"
      send={(form) => api.takeApprovalBack({ params, body: { reason: `${form.get('reason')}` } })}
      done={done}
    >
      <TextInput name="reason" label="Why" description="Recorded with your name" required />
    </ActForm>
  );
}

function Pay({ params, statement, done }: FormProps & { readonly statement: Statement }) {
  const { workspace, agreement, payee, period } = params;
  const [beyond, setBeyond] = useState(false);
  const [id] = useState(newId);
  const account =
    statement.now.accounts.find(({ payable }) => signOf(payable) !== 0) ?? statement.now.accounts[0];
  const asset = account?.payable.asset ?? 'USD';
  return (
    <ActForm
      label="Record a payment"
      says="Records a payment that was made outside; nothing is paid by this. It is never taken out again, and more than is approved is refused."
      button="Record the payment"
      send={(form) => {
        const text = (name: string) => `${form.get(name) ?? ''}`;
        const payment = {
          ...{ id, payee, period, on: text('on') },
          amount: { amount: text('amount').replaceAll(',', ''), asset },
          ...(text('reference') === '' ? {} : { reference: text('reference') }),
        };
        const body = {
          payments: [payment],
          beyondApproved: beyond,
          ...(text('reason') === '' ? {} : { reason: text('reason') }),
        };
        return api.recordPayments({ params: { workspace, agreement }, body });
      }}
      done={done}
    >
      <TextInput
        name="amount"
        label={`Amount in ${asset}`}
        inputMode="decimal"
        defaultValue={
          account === undefined || signOf(account.approvedLeft) === 0 ? '' : account.approvedLeft.amount
        }
        required
      />
      <TextInput type="date" name="on" label="Paid on" required />
      <TextInput name="reference" label="Reference" />
      <Checkbox
        label="Also what is above what is approved"
        checked={beyond}
        onChange={(event) => setBeyond(event.currentTarget.checked)}
      />
      {beyond && <TextInput name="reason" label="Why" description="Recorded with your name" required />}
    </ActForm>
  );
}
