// SPDX-License-Identifier: Apache-2.0
// The way of a period from the last deal to the money, step by step: closed, issued, approved, paid. Each step says how it
// stands; what can be done about it opens below it and says beforehand what it does.
import { Button } from '@mantine/core';
import type { PeriodRow } from '@rapport/server/wire/periods.ts';
import type { PeriodStatement } from '@rapport/server/wire/standing.ts';
import { type ReactNode, useState } from 'react';
import { useMembership } from '../session.ts';
import { Actor } from './actor.tsx';
import { ApproveForm } from './approve-form.tsx';
import { CloseForm } from './close-form.tsx';
import { dayWords } from './dates.ts';
import { IssueForm } from './issue-form.tsx';
import { PayForm } from './pay-form.tsx';
import {
  countOf,
  isAwaiting,
  isToApprove,
  isToIssue,
  isToPay,
  type PeriodNamed,
} from './period-statements.ts';
import styles from './period-steps.module.css';

interface StepsProps {
  readonly params: PeriodNamed;
  readonly row: PeriodRow;
  readonly statements: readonly PeriodStatement[];
}

interface Step {
  readonly title: string;
  readonly words: ReactNode;
  /** What the button says; null: there is nothing to do, or the reader may not. */
  readonly action: string | null;
  readonly form: (done: () => void) => ReactNode;
}

export function PeriodSteps({ params, row, statements }: StepsProps) {
  const { may } = useMembership();
  const [open, setOpen] = useState<string | null>(null);
  const close = () => setOpen(null);
  const given = { params, statements };
  const { state } = row;
  const steps: readonly Step[] = [
    {
      title: 'Close',
      words: closeWords(row),
      action:
        may['periods.close'] === undefined || state === 'ahead' || state === 'locked'
          ? null
          : state === 'open'
            ? 'Close'
            : 'Lock',
      form: (done) => (
        <CloseForm workspace={params.workspace} agreement={params.agreement} row={row} done={done} />
      ),
    },
    {
      title: 'Issue',
      words: issueWords(statements),
      action: may['statements.issue'] !== undefined && statements.some(isToIssue) ? 'Issue' : null,
      form: (done) => <IssueForm {...given} done={done} />,
    },
    {
      title: 'Approve',
      words: approveWords(statements),
      action:
        may['statements.approve'] !== undefined &&
        statements.some((one) => isToApprove(one) || isAwaiting(one))
          ? 'Approve'
          : null,
      form: (done) => <ApproveForm {...given} done={done} />,
    },
    {
      title: 'Pay',
      words: payWords(statements),
      action: may['payments.record'] !== undefined && statements.length > 0 ? 'Record payments' : null,
      form: (done) => <PayForm {...given} done={done} />,
    },
  ];
  return (
    <ol className={styles['steps']}>
      {steps.map(({ title, words, action, form }) => (
        <li key={title} className={styles['step']}>
          <h3>{title}</h3>
          <p className={styles['words']}>{words}</p>
          {action !== null || open === title ? (
            <Button
              size="xs"
              variant="default"
              aria-expanded={open === title}
              onClick={() => setOpen(open === title ? null : title)}
            >
              {action ?? 'Done'} {action !== null && '…'}
            </Button>
          ) : (
            <span />
          )}
          {open === title && <div className={styles['form']}>{form(close)}</div>}
        </li>
      ))}
    </ol>
  );
}

function closeWords({ state, end, closedAt, closedBy }: PeriodRow): ReactNode {
  if (state === 'ahead') return 'It has not begun.';
  if (state === 'open') return `Open. Its last day is ${dayWords(end)}.`;
  return (
    <>
      {state === 'locked' ? 'Closed and locked' : 'Closed; statements are still to be issued'}
      {closedAt !== null && closedBy !== null && (
        <>
          , by <Actor of={closedBy} />, {dayWords(closedAt.slice(0, 10))}
        </>
      )}
      .
    </>
  );
}

function issueWords(statements: readonly PeriodStatement[]): string {
  const toIssue = statements.filter(isToIssue);
  if (statements.length === 0) return 'Nothing is posted in it.';
  if (toIssue.length === 0) return `${countOf(statements)}, each issued as the books stand.`;
  const isNew = toIssue.filter(({ version }) => version === null);
  const isChanged = toIssue.filter(({ version }) => version !== null);
  return [
    ...(isNew.length > 0 ? [`${countOf(isNew)} never issued`] : []),
    ...(isChanged.length > 0 ? [`${countOf(isChanged)} with changes since the last version`] : []),
  ]
    .join(', ')
    .concat('.');
}

function approveWords(statements: readonly PeriodStatement[]): string {
  const approved = statements.filter(({ state }) => state === 'approved' || state === 'paid');
  const open = statements.filter(isToApprove);
  const awaiting = statements.filter(isAwaiting);
  return [
    `${approved.length} of ${statements.length} approved`,
    ...(open.length > 0 ? [`${open.length} to be approved`] : []),
    ...(awaiting.length > 0 ? [`${awaiting.length} provisional`] : []),
  ]
    .join(', ')
    .concat('.');
}

function payWords(statements: readonly PeriodStatement[]): string {
  const paid = statements.filter(({ state }) => state === 'paid');
  const toPay = statements.filter(isToPay);
  return toPay.length > 0
    ? `${paid.length} of ${statements.length} paid, ${countOf(toPay)} approved with something left to pay.`
    : `${paid.length} of ${statements.length} paid.`;
}
