// SPDX-License-Identifier: Apache-2.0
// What work said when it ended: a replay, a recomputation or a run of a version beside the books, in a sentence, and the
// differences that it found.
import type { Job } from '@rapport/server/wire/oversight.ts';
import { Link } from '@tanstack/react-router';
import { Records } from './records.tsx';

/** Details as jobs give them; what a job does not say is absent. */
interface Details {
  readonly agreement?: string;
  readonly period?: string;
  readonly version?: number;
  readonly payees?: number;
  readonly differing?: number;
  readonly leftOut?: number;
  readonly sequence?: number | null;
  readonly posted?: number;
  readonly entries?: number;
  readonly rows?: number;
  readonly differences?: number | readonly Difference[];
  readonly stopped?: string | null;
  readonly sums?: readonly { readonly component: string; readonly change: string }[];
}
interface Difference {
  readonly payee: string;
  readonly component: string;
  readonly period: string;
  readonly change: string;
}

/** One sentence about a job, for a list. */
export function jobWords({ what, state, done, total, details }: Job): string {
  const said = details as Details;
  const of = [said.agreement, said.period, said.version === undefined ? undefined : `version ${said.version}`]
    .filter((part) => part !== undefined)
    .join(', ');
  if (state !== 'done') return `${of}${total === null ? '' : ` ${done} of ${total}`}`.trim();
  if (what === 'replay') return replayWords(said);
  if (said.payees === undefined) return of;
  return [of, comparedWords(said)].filter((part) => part !== '').join(': ');
}

function replayWords({ entries = 0, rows = 0, differences = 0, stopped = null }: Details): string {
  if (stopped !== null) return stopped;
  const differing = typeof differences === 'number' ? differences : differences.length;
  return `${entries} entries gave ${rows} rows; ${differing === 0 ? 'every one is as it is kept' : `${differing} differ`}`;
}

function comparedWords({ payees = 0, differing = 0, leftOut = 0, sequence, posted = 0 }: Details): string {
  const found = differing === 0 ? 'nothing differs' : `${differing} differ`;
  const left = leftOut === 0 ? '' : `, ${leftOut} left out`;
  const made = sequence == null ? '' : `; made anew by entry ${sequence}, ${posted} transfers posted`;
  return `${payees} computed, ${found}${left}${made}`;
}

/** The differences of a job that compared everybody. */
export function JobReport({ job, workspace }: { readonly job: Job; readonly workspace: string }) {
  const { sums = [], differences } = job.details as Details;
  const told = Array.isArray(differences) ? (differences as readonly Difference[]) : [];
  return (
    <>
      <p role="status">{capital(jobWords(job))}.</p>
      {told.length > 0 && (
        <>
          <p>In all: {sums.map(({ component, change }) => `${component} ${change}`).join(', ')}.</p>
          <Records
            label="Differences"
            items={told}
            keyOf={({ payee, component, period }) => `${payee} ${component} ${period}`}
            columns={[
              {
                title: 'Party',
                of: ({ payee }) => (
                  <Link to="/$workspace/parties/$party" params={{ workspace, party: payee }}>
                    {payee}
                  </Link>
                ),
              },
              { title: 'Component', of: ({ component }) => component },
              { title: 'Period', of: ({ period }) => period },
              { title: 'Change', of: ({ change }) => change, isFigure: true },
            ]}
          />
        </>
      )}
    </>
  );
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
