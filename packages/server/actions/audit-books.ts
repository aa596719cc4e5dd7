// SPDX-License-Identifier: Apache-2.0
// The auditor who never ends: some payees at a time, what was posted to them is compared with an evaluation from the
// facts by the evaluator that is obvious rather than fast. A difference is our own mistake, and is logged as one.

import type { Context } from './context.ts';

/** Payees of one agreement and run. */
const sampleSize = 3;

/** How many payees were looked at, and at how many something differed. */
export interface AuditRun {
  readonly payees: number;
  readonly differing: number;
}

export async function auditBooks(context: Context, workspace: number): Promise<AuditRun> {
  const writer = await context.writers.of(workspace);
  let payees = 0;
  let differing = 0;
  for (const agreement of writer.declared().keys()) {
    const all = await writer.read((view) => [
      ...new Set(view.entitlementsOf(agreement, null).map(({ payee }) => payee)),
    ]);
    for (const payee of sampleOf(all, context.random)) {
      // One at a time, so that facts wait for one payee at most.
      const differences = await writer.read((view) => view.audit(agreement, payee));
      if (differences === null) continue;
      payees += 1;
      if (differences.length === 0) continue;
      differing += 1;
      const clauses = [...new Set(differences.map(({ clause }) => clause))].join(', ');
      context.log.error('books_differ', { workspace, agreement, clauses, keys: differences.length });
    }
  }
  return { payees, differing };
}

/** Some of them, drawn without order. */
function sampleOf<T>(all: readonly T[], random: Context['random']): readonly T[] {
  const left = [...all];
  const drawn: T[] = [];
  while (drawn.length < sampleSize && left.length > 0) {
    const place = random(4).readUInt32BE(0) % left.length;
    drawn.push(...left.splice(place, 1));
  }
  return drawn;
}
