// SPDX-License-Identifier: Apache-2.0
// What a message is: one sentence that says what is wrong with the real values, and one remedy. Each area keeps a record
// from code to a function of the facts; `messages.ts` merges them. Order in a record is order of precedence.

/** The real values of a diagnostic, by the names its message knows. */
export type Facts = Readonly<Record<string, string>>;

/** What is wrong, and what to do about it. Both are whole sentences. */
export interface Message {
  readonly sentence: string;
  readonly remedy: string;
}

export type Messages = Readonly<Record<string, (facts: Facts) => Message>>;

/** What each note key of a related place says. */
export type Notes = Readonly<Record<string, string>>;
