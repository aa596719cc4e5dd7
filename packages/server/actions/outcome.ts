// SPDX-License-Identifier: Apache-2.0
// How an action ends: with a value, or refused with a code, the real values and a place. What fails on our side is
// thrown and never becomes an outcome.

import { isRefusalCode, type RefusalCode, statusOf } from '../wire/messages.ts';
import type { Finding, Refused } from '../wire/problem.ts';
import type { Refusal as WriterRefusal } from '../writer/writing.ts';

export type Refusal = Refused;

export type Outcome<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

export function done<T>(value: T): Outcome<T> {
  return { kind: 'done', value };
}

/** A refusal; the status belongs to the code. */
export function refusal(
  code: RefusalCode,
  facts: Readonly<Record<string, string>> = {},
  more: { readonly place?: string; readonly errors?: readonly Finding[] } = {},
): Refusal {
  return { code, status: statusOf(code), facts, ...more };
}

export function refused(
  code: RefusalCode,
  facts: Readonly<Record<string, string>> = {},
  more: { readonly place?: string; readonly errors?: readonly Finding[] } = {},
): { readonly kind: 'refused'; readonly refusal: Refusal } {
  return { kind: 'refused', refusal: refusal(code, facts, more) };
}

/** A refusal of the writer, with the status of its code. A code without sentences is our own mistake. */
export function refusalOf(given: WriterRefusal): Refusal {
  if (!isRefusalCode(given.code)) throw new Error(`No sentences for the refusal ${given.code}.`);
  return { ...given, status: statusOf(given.code) };
}
