// SPDX-License-Identifier: Apache-2.0
// One sentence and one remedy per refusal code; the sentences stand in one file per area. `{name}` stands for the real
// value of that name; a value that is not there is left out as "it". Codes are shared by all folders of the server and
// never change their meaning.
import { agreementMessages } from './messages-agreements.ts';
import { factMessages } from './messages-facts.ts';
import { requestMessages } from './messages-request.ts';

export const messages = { ...requestMessages, ...factMessages, ...agreementMessages } as const;

export type RefusalCode = keyof typeof messages;

export const refusalCodes = Object.keys(messages) as readonly RefusalCode[];

export function isRefusalCode(code: string): code is RefusalCode {
  return Object.hasOwn(messages, code);
}

/** The status that a code is answered with. */
export function statusOf(code: RefusalCode): number {
  return messages[code].status;
}

/** The sentences of a code with its real values. A code that nobody knows is ours to repair, and says so. */
export function sentencesOf(
  code: string,
  facts: Readonly<Record<string, string>>,
): { readonly title: string; readonly detail: string; readonly remedy: string } {
  const { title, detail, remedy } = messages[isRefusalCode(code) ? code : 'failed'];
  const filled = (text: string) => text.replace(/\{(\w+)\}/g, (_, name: string) => facts[name] ?? 'it');
  return { title, detail: filled(detail), remedy: filled(remedy) };
}
