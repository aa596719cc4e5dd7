// SPDX-License-Identifier: Apache-2.0
// Why a line is what it is: the sentences of the clause, the tree of figures, the rows, the facts with their shares;
// and what a page needs to compute the same number again in the browser.
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { statementState } from './standing.ts';
import { statementLine } from './statements.ts';
import { amount, day, exactNumber, factName, identifier } from './values.ts';
import { inWorkspace, workspacePath } from './workspace-path.ts';

export interface Reason {
  label: string;
  figure: string;
  exact: string | null;
  fact: { kind: string; id: string } | null;
  parts: Reason[];
}
export const reason: z.ZodType<Reason> = z
  .object({
    label: z.string(),
    figure: z.string(),
    exact: exactNumber.nullable(),
    fact: factName.nullable(),
    get parts() {
      return z.array(reason);
    },
  })
  .meta({ id: 'Reason' });

export const explanation = z.object({
  agreement: z.string(),
  title: z.string(),
  clause: z.string(),
  component: z.string(),
  payee: z.string(),
  payeeName: z.string().nullable(),
  period: z.string(),
  section: z.string(),
  version: z.object({ from: day.nullable(), to: day.nullable() }),
  sentences: z.array(z.string()),
  parts: z.array(
    z.object({
      fact: factName.nullable(),
      reason,
      rows: z.array(reason),
      exact: exactNumber.nullable(),
    }),
  ),
  partsMore: z.int(),
  journal: z
    .object({
      asset: z.string(),
      owner: z.string(),
      earlier: z.int(),
      before: amount,
      rows: z.array(z.object({ day, words: z.string(), change: amount, balance: amount })),
    })
    .nullable(),
  lines: z.array(
    statementLine.extend({ fields: z.array(z.object({ name: z.string(), figure: z.string() })) }),
  ),
  blanks: z.array(z.object({ name: z.string(), figure: z.string() })),
  attested: z.array(z.string()),
  exact: exactNumber,
  amount,
  held: amount,
  state: statementState,
  waiting: z.array(z.object({ what: z.string(), name: z.string(), of: z.string() })),
});
export type Explanation = z.infer<typeof explanation>;

export const explainLine = endpoint({
  name: 'explainLine',
  method: 'GET',
  path: `${workspacePath}/agreements/:agreement/explanation`,
  demand: 'statements.read',
  summary: 'Why a line is what it is, down to sentence, values, slices and deals',
  tag: 'Statements',
  params: inWorkspace.extend({ agreement: identifier }),
  query: z.object({
    clause: identifier,
    payee: identifier,
    period: z.string().max(60).default(''),
    kind: identifier.optional().describe('With `fact`: only the part that this fact bears is taken apart'),
    fact: identifier.optional(),
  }),
  response: explanation,
});
