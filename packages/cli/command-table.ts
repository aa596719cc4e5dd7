// SPDX-License-Identifier: Apache-2.0
// The commands by name, one line each: what the overview says, and the file, which is loaded when it is asked for.
import type { Command } from './command.ts';

export interface CommandEntry {
  /** One line for the overview. */
  readonly summary: string;
  readonly load: () => Promise<{ readonly command: Command }>;
}

export const commandTable: Readonly<Record<string, CommandEntry>> = {
  run: { summary: 'compute what everybody is due, over data', load: () => import('./commands/run.ts') },
  explain: {
    summary: 'why an amount is what it is, down to the facts',
    load: () => import('./commands/explain.ts'),
  },
  read: {
    summary: 'the agreement with plain sentences under every formula',
    load: () => import('./commands/read.ts'),
  },
  compare: {
    summary: 'what differs between two versions, and what it is worth',
    load: () => import('./commands/compare.ts'),
  },
  simulate: {
    summary: 'what other terms would cost on the same facts',
    load: () => import('./commands/simulate.ts'),
  },
  reconcile: {
    summary: 'run beside another tool and explain every difference',
    load: () => import('./commands/reconcile.ts'),
  },
  verify: {
    summary: 'recompute an issued statement from its bundle, without the service',
    load: () => import('./commands/verify.ts'),
  },
  check: { summary: 'find mistakes in agreements', load: () => import('./commands/check.ts') },
  test: { summary: 'compute the worked examples', load: () => import('./commands/test.ts') },
  format: { summary: 'lay an agreement out', load: () => import('./commands/format.ts') },
  demo: { summary: 'see it at work on made-up data', load: () => import('./commands/demo.ts') },
  init: { summary: 'begin a new agreement from an example', load: () => import('./commands/init.ts') },
};
