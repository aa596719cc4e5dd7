// SPDX-License-Identifier: Apache-2.0
// Work that recurs beside requests. Each run of a job ends before its next begins; one that fails is logged and tried
// again at its next turn, so a run must be safe to repeat.
import type { Context } from '../actions/context.ts';

export interface RecurringJob {
  readonly name: string;
  /** Milliseconds between the end of a run and the next. */
  readonly every: number;
  /** A channel whose messages start a run ahead of its turn. */
  readonly on?: 'posted' | 'outbox';
  /** Milliseconds that pass at least between two runs, however many messages come; so that one run takes many at once. */
  readonly rest?: number;
  run(context: Context, workspace: number): Promise<void>;
}
