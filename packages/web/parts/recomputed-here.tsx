// SPDX-License-Identifier: Apache-2.0
// "Recompute here": the browser takes the bundle of an issued statement and recomputes every line from the signed text and
// the payee's own entries. It says of each whether it came out the same, from which attested values, or is attested.

import { Button } from '@mantine/core';
import type { Verdict } from '@rapport/core/verify/judge.ts';
import { problemSentence } from '@rapport/core/verify/messages.ts';
import type { BundleReport } from '@rapport/core/verify/verify-bundle.ts';
import { useMutation } from '@tanstack/react-query';
import { recompute } from '../recomputation.ts';
import { Amount } from './amount.tsx';
import { momentWords } from './dates.ts';
import { Refused } from './loaded.tsx';
import { Section } from './page.tsx';
import styles from './recomputed-here.module.css';
import { Records } from './records.tsx';
import { State } from './state.tsx';

type Verified = Extract<BundleReport, { readonly kind: 'verified' }>;

export function RecomputedHere({ bundle }: { readonly bundle: string }) {
  const check = useMutation({ mutationFn: () => recompute(bundle) });
  return (
    <Section
      title="Check it yourself"
      note="Your browser computes this statement again, from the signed text and your own facts."
      actions={
        <Button variant="default" loading={check.isPending} onClick={() => check.mutate()}>
          Recompute here
        </Button>
      }
    >
      <div role="status">
        {check.error && <Refused error={check.error} />}
        {check.data !== undefined &&
          (check.data.report.kind === 'verified' ? (
            <Report report={check.data.report} tookMs={check.data.tookMs} />
          ) : (
            <div className={styles['wrong']}>
              <p>
                <strong>Not verified.</strong>
              </p>
              <ul>
                {check.data.report.problems.map((problem) => (
                  <li key={`${problem.code} ${JSON.stringify(problem.facts)}`}>{problemSentence(problem)}</li>
                ))}
              </ul>
            </div>
          ))}
      </div>
    </Section>
  );
}

function Report({ report, tookMs }: { readonly report: Verified; readonly tookMs: number }) {
  const { verdicts, balances, nothing, checkpoint, keyFingerprint, entries } = report;
  const recomputed = verdicts.filter(({ kind }) => kind !== 'attested').length;
  return (
    <div className={styles['report']}>
      <p className={styles['sum']}>
        {recomputed === verdicts.length
          ? `All ${verdicts.length} lines came out the same`
          : `${recomputed} of ${verdicts.length} lines came out the same; the others are attested`}
        , here, in {Math.max(1, Math.round(tookMs))} ms.
      </p>
      <Records
        label="Each line: recomputed, recomputed from attested values, or attested"
        items={verdicts}
        keyOf={({ component, earned, asset }) => `${component} ${earned} ${asset}`}
        empty="Nothing was due, and that is right."
        columns={[
          {
            title: 'Line',
            of: ({ component, earned }) => lineName(component, earned),
          },
          { title: 'Is', of: ({ kind }) => <State of={kindWords[kind]} /> },
          { title: 'Rests on', of: restsOn },
          { title: 'Amount', of: ({ due, asset }) => <Amount of={{ amount: due, asset }} />, isFigure: true },
        ]}
        below={(verdict) => (verdict.values.length === 0 ? null : <Values of={verdict} />)}
      />
      {balances.length > 0 && (
        <Records
          label="What stands open: recomputed or attested"
          items={balances}
          keyOf={({ component, earned, asset }) => `${component} ${earned} ${asset}`}
          columns={[
            { title: 'Balance', of: ({ component, earned }) => lineName(component, earned) },
            { title: 'Is', of: ({ kind }) => <State of={kind} /> },
            {
              title: 'Amount',
              of: ({ amount, asset }) => <Amount of={{ amount, asset }} />,
              isFigure: true,
            },
          ]}
        />
      )}
      {nothing.length > 0 && (
        <p>
          {`Nothing came of ${nothing.map(({ component, earned }) => lineName(component, earned)).join('; ')}.`}
        </p>
      )}
      <dl className={styles['proof']}>
        <div>
          <dt>Entries proven to stand in the log</dt>
          <dd>
            {entries} of {checkpoint.size}, signed {momentWords(checkpoint.signedAt)}
          </dd>
        </div>
        <div>
          <dt>Root of the log</dt>
          <dd>
            <code>{checkpoint.root}</code>
          </dd>
        </div>
        <div>
          <dt>Fingerprint of the key: compare it with the one that the payer published</dt>
          <dd>
            <code>{keyFingerprint}</code>
          </dd>
        </div>
      </dl>
    </div>
  );
}

function lineName(component: string, earned: string): string {
  return earned === '' ? component : `${component}, ${earned}`;
}

const kindWords: Readonly<Record<Verdict['kind'], string>> = {
  recomputed: 'recomputed',
  'recomputed from attested': 'recomputed from attested values',
  attested: 'attested',
};

function restsOn({ kind, over, values, lines, why }: Verdict): string {
  const own = kind === 'attested' ? [] : ['your own facts'];
  const signed = [
    ...(lines === 'attested' ? ['lines'] : []),
    ...(why === 'attested' && lines !== 'attested' ? ['explanation'] : []),
  ];
  return [
    ...own,
    ...(values.length === 0 ? [] : [`${values.length} attested ${values.length === 1 ? 'value' : 'values'}`]),
    ...over,
    ...(kind === 'attested' || signed.length === 0 ? [] : [`its ${signed.join(' and ')} as signed`]),
  ].join('; ');
}

/** The values about others that an amount was recomputed from. */
function Values({ of: { component, earned, values } }: { readonly of: Verdict }) {
  return (
    <details className={styles['values']}>
      <summary>{`Attested values behind ${lineName(component, earned)}`}</summary>
      <dl>
        {values.map(({ what, of, figure }) => (
          <div key={`${what} ${of}`}>
            <dt>{`${what}${of === '' ? '' : ` (${of})`}`}</dt>
            <dd>{figure}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
