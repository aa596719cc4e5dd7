// SPDX-License-Identifier: Apache-2.0
// The small values that requests and answers are made of. Amounts are decimal texts with their asset, days are
// ISO dates, periods are labels such as `2017-Q1`: nothing on the wire is rounded and nothing depends on a locale.
import { parseIsoDay } from '@rapport/core/values/date.ts';
import { z } from 'zod';

/** A name in an address: lower case letters, digits and single hyphens. */
export const workspaceName = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(63)
  .describe('Name of the workspace');

/** Text of a person or a foreign system: no control characters, so that it can stand in a log, a header or a file. */
export const plainText = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'must not hold control characters');

/** An identifier that we or a foreign system gave. */
export const identifier = plainText(200);

/** Text of several lines. */
export const longText = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[^\0\p{Cs}]*$/u, 'must not hold the character NUL');

export const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .refine((text) => parseIsoDay(text) !== null, 'must be a day of the calendar')
  .describe('Day, as 2017-03-31');

export const period = plainText(60).describe('Label of a period, such as 2017-Q1 or 2017-03');

export const moment = z.iso.datetime().describe('Moment in UTC');

export const sequence = z.int().min(0).describe('Place in the log of the workspace; dense, from 1');

export const version = z.int().min(1);

export const hash = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .describe('SHA-256, hexadecimal');

/** A decimal number that is exact: "-1250.00". */
export const decimal = z
  .string()
  .regex(/^-?\d{1,40}(\.\d{1,20})?$/)
  .describe('Decimal number as text');

/** An exact number as a fraction: "1/3". */
export const exactNumber = z.string().max(3000).describe('Exact number: "1250", "-0.125" or "1/3"');

export const amount = z
  .object({ amount: decimal, asset: plainText(60).describe('Currency code or declared asset') })
  .describe('Amount of money or of a declared asset');
export type Amount = z.infer<typeof amount>;

/** The address of a fact. */
export const factName = z.object({ kind: identifier, id: identifier });
export type FactName = z.infer<typeof factName>;

/** A party as answers show it; the name is null where it was erased or is not known. */
export const partyName = z.object({ party: identifier, name: z.string().nullable() });
export type PartyName = z.infer<typeof partyName>;

export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(50),
  after: plainText(300).optional().describe('`next` of the page before'),
});

/** One page of a list; `next` is null at the end. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().nullable() });

/** An answer that says only that it was done. */
export const done = z.object({ done: z.literal(true) });
