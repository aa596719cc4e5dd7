// SPDX-License-Identifier: Apache-2.0
// One refusal as people read it: what is wrong, with the real values as `{name}`, and what to do about it.

export interface Message {
  readonly status: number;
  /** What is wrong, in a few words. */
  readonly title: string;
  readonly detail: string;
  readonly remedy: string;
}

export function message(status: number, title: string, detail: string, remedy: string): Message {
  return { status, title, detail, remedy };
}
