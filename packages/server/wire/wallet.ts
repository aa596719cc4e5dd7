// SPDX-License-Identifier: Apache-2.0
// The points of a party: what it can use, what expires next, how far the next voucher is, everything that happened and
// what was given for points.
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { amount, day, factName, identifier } from './values.ts';
import { inWorkspace, workspacePath } from './workspace-path.ts';

/** What opens a line to its why: an explanation of this clause and period, of this fact alone where there is one. */
const walletWhy = z.object({ clause: z.string(), period: z.string(), fact: factName.nullable() });

export const walletLine = z.object({
  /** Place in the journal, from 1. */
  place: z.int(),
  day,
  kind: z.enum(['issued', 'usable', 'used', 'expired', 'held', 'released', 'taken back', 'given back']),
  /** How much moved; `change` is what that did to the usable balance, `balance` what it was then. */
  moved: amount,
  change: amount,
  balance: amount,
  /** The whole of it in words, with the lots. */
  words: z.string(),
  /** What the points were issued for: "Purchase P-1". */
  lots: z.array(z.string()),
  fact: factName.nullable(),
  /** What was given for points that were used. */
  given: z.array(z.object({ component: z.string(), figure: z.string() })),
  why: walletWhy,
});
export type WalletLine = z.infer<typeof walletLine>;

const walletGiven = z.object({
  component: z.string(),
  figure: z.string(),
  day,
  fact: factName.nullable(),
  why: walletWhy,
});

export const wallet = z.object({
  asset: z.string(),
  owner: z.string(),
  ownerName: z.string().nullable(),
  /** The points of several parties are in it. */
  isPooled: z.boolean(),
  open: amount.describe('Usable now'),
  pending: amount,
  held: amount,
  issued: amount,
  used: amount,
  expired: amount,
  reversed: amount.describe('Taken back'),
  shortage: amount.describe('Used or taken back without being there: later points make it good'),
  /** Usable points by last day of use, the earliest first; null: without end. */
  expiring: z.array(z.object({ amount, through: day.nullable() })),
  coming: z.array(z.object({ amount, from: day })),
  exchanges: z.array(
    z.object({
      clause: z.string(),
      component: z.string(),
      step: amount.describe('What each time takes'),
      have: amount,
      missing: amount,
      gives: z.string().nullable(),
    }),
  ),
  journal: z.array(walletLine).describe('Newest first'),
  earlier: z.int().describe('Lines of the journal before those that are given'),
  given: z.array(walletGiven).describe('Newest first'),
  givenEarlier: z.int(),
});
export type Wallet = z.infer<typeof wallet>;

export const walletAnswer = z.object({
  agreement: z.string(),
  title: z.string(),
  payee: z.string(),
  payeeName: z.string().nullable(),
  asOf: day,
  wallets: z.array(wallet),
});
export type WalletAnswer = z.infer<typeof walletAnswer>;

export const readWallet = endpoint({
  name: 'readWallet',
  method: 'GET',
  path: `${workspacePath}/agreements/:agreement/wallet`,
  demand: 'wallets.read',
  summary: 'The points of a party: balance, what expires next, the journal, what was given for them',
  tag: 'Postings',
  params: inWorkspace.extend({ agreement: identifier }),
  query: z.object({
    payee: identifier,
    limit: z.coerce.number().int().min(1).max(1000).default(50).describe('Lines of the journal'),
  }),
  response: walletAnswer,
});
