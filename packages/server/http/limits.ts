// SPDX-License-Identifier: Apache-2.0
// Limits of what one caller may send. Each has a reason; a test or an operator may set others.

export interface Limits {
  /** Bytes of an ordinary body: forms and documents. */
  readonly bodyBytes: number;
  /** Bytes of a batch of facts: ten thousand with some twenty fields. */
  readonly batchBytes: number;
  /** Bytes of one uploaded file. */
  readonly fileBytes: number;
  /** Requests of one address in a minute; a busy integration sends five hundred a second. */
  readonly perMinute: number;
  /** Requests of one address in a minute that bring no valid credentials. */
  readonly strangersPerMinute: number;
  /** Milliseconds in which the headers, and the whole request, must have arrived. */
  readonly headersMs: number;
  readonly requestMs: number;
  /** Streams that one workspace may hold open. */
  readonly streams: number;
}

export const usualLimits: Limits = {
  bodyBytes: 1 << 20,
  batchBytes: 16 << 20,
  fileBytes: 64 << 20,
  perMinute: 60_000,
  strangersPerMinute: 300,
  headersMs: 10_000,
  requestMs: 60_000,
  streams: 500,
};
