// SPDX-License-Identifier: Apache-2.0
// Runs the recurring jobs for every workspace, one workspace after the other, until stopped.
import type { Context } from '../actions/context.ts';
import type { RecurringJob } from './job.ts';

export interface RunningJobs {
  /** Ends after the runs at hand. */
  stop(): Promise<void>;
}

export interface JobsOptions {
  readonly jobs: readonly RecurringJob[];
  /** Numbers of the workspaces, asked before each run. */
  readonly workspaces: () => Promise<readonly number[]>;
}

export async function startJobs(context: Context, { jobs, workspaces }: JobsOptions): Promise<RunningJobs> {
  const running = jobs.map((job) => startJob(context, job, workspaces));
  const channels = new Set(jobs.flatMap(({ on }) => on ?? []));
  const silences = await Promise.all(
    [...channels].map((channel) =>
      context.store.listen(channel, () => {
        jobs.forEach((job, index) => {
          if (job.on === channel) running[index]?.wake();
        });
      }),
    ),
  );
  return {
    stop: async () => {
      await Promise.all(silences.map((silence) => silence()));
      await Promise.all(running.map(({ stop }) => stop()));
    },
  };
}

interface Running {
  wake(): void;
  stop(): Promise<void>;
}

function startJob(context: Context, job: RecurringJob, workspaces: JobsOptions['workspaces']): Running {
  let isStopped = false;
  let isWanted = false;
  let wakeUp = (): void => {};
  /** Ends early when the jobs stop, and when the job is woken where that may be. */
  const pause = (milliseconds: number, { wakes }: { readonly wakes: boolean }): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      wakeUp = () => {
        if (!isStopped && !(wakes && isWanted)) return;
        clearTimeout(timer);
        resolve();
      };
      wakeUp();
    });
  const loop = async (): Promise<void> => {
    while (!isStopped) {
      isWanted = false;
      await runOnce(context, job, workspaces, () => isStopped);
      if (job.rest !== undefined) await pause(job.rest, { wakes: false });
      await pause(job.every, { wakes: true });
    }
  };
  const ended = loop();
  return {
    wake: () => {
      isWanted = true;
      wakeUp();
    },
    stop: async () => {
      isStopped = true;
      wakeUp();
      await ended;
    },
  };
}

async function runOnce(
  context: Context,
  job: RecurringJob,
  workspaces: JobsOptions['workspaces'],
  isStopped: () => boolean,
): Promise<void> {
  try {
    for (const workspace of await workspaces()) {
      if (isStopped()) return;
      await job.run(context, workspace);
    }
  } catch (error) {
    context.log.error('job_failed', {
      job: job.name,
      error: error instanceof Error ? error.name : 'unknown',
    });
  }
}
