// SPDX-License-Identifier: Apache-2.0
// A step of the database from one form to the next. Steps only go forward, and one that was published never changes.

export interface Migration {
  /** `NNNN-what`; the number gives the order. */
  readonly name: string;
  readonly sql: string;
}
