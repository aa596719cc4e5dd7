// SPDX-License-Identifier: Apache-2.0
// From a diagnostic to what a person reads. The sentences stand in `messages-syntax.ts` and `messages-check.ts`; here
// they are merged and rendered with the place, the excerpt, the remedy and every other place that matters.
import type { Diagnostic, Span } from '../program/diagnostic.ts';
import type { Message, Messages, Notes } from './message.ts';
import { checkMessages, checkNotes } from './messages-check.ts';
import { syntaxMessages, syntaxNotes } from './messages-syntax.ts';

const messages: Messages = { ...syntaxMessages, ...checkMessages };
const notes: Notes = { ...syntaxNotes, ...checkNotes };

/** The widest excerpt that is shown of one line; longer lines are cut around the mistake. */
const excerptMax = 120;

/** Every code that a diagnostic of the language can have, in order of precedence. */
export const diagnosticCodes: readonly string[] = Object.keys(messages);

/** The sentence and the remedy of a diagnostic. A code without a message is our mistake. */
export function messageOf(diagnostic: Diagnostic): Message {
  const message = messages[diagnostic.code];
  if (message === undefined) throw new Error(`no message for the code ${diagnostic.code}`);
  return message(diagnostic.facts);
}

/** Place, excerpt with carets, sentence, remedy, related places: several lines, without a newline at the end. */
export function renderDiagnostic(diagnostic: Diagnostic, text: string): string {
  const { sentence, remedy } = messageOf(diagnostic);
  const lines = text.split(/\r\n|\n|\r/);
  const related = diagnostic.related.flatMap(({ at, note }) => [
    `${placeOf(at)}: ${notes[note] ?? note}`,
    ...excerpt(at, lines),
  ]);
  return [
    `${placeOf(diagnostic.at)}: ${diagnostic.severity} ${diagnostic.code}`,
    ...excerpt(diagnostic.at, lines),
    sentence,
    remedy,
    ...related,
  ].join('\n');
}

function placeOf({ source, start }: Span): string {
  return `${source === '' ? 'text' : source}:${start.line}:${start.column}`;
}

/** The line of the mistake with carets below it. A mistake over several lines is marked to the end of its first. */
function excerpt(at: Span, lines: readonly string[]): readonly string[] {
  const line = lines[at.start.line - 1] ?? '';
  const from = at.start.column - 1;
  const to = at.end.line === at.start.line ? at.end.column - 1 : line.length;
  const cutAt = from > excerptMax - 30 ? from - 30 : 0;
  const shown = line.slice(cutAt, cutAt + excerptMax).replaceAll('\t', ' ');
  const number = String(at.start.line);
  const lead = ' '.repeat(number.length);
  const prefix = cutAt > 0 ? '… ' : '';
  const suffix = cutAt + excerptMax < line.length ? ' …' : '';
  const width = Math.max(1, Math.min(to - from, shown.length - (from - cutAt)));
  const carets = `${' '.repeat(prefix.length + from - cutAt)}${'^'.repeat(width)}`;
  return [`${number} | ${prefix}${shown}${suffix}`, `${lead} | ${carets}`];
}
