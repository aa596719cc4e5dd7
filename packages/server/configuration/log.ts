// SPDX-License-Identifier: Apache-2.0
// The log of the service: one line per event, as JSON or for people. What is secret or personal does not get through:
// facts under the names below are struck out, and so are passwords in addresses and e-mail addresses in any text.

export type LogLevel = 'info' | 'warn' | 'error';
export type LogFacts = Readonly<Record<string, string | number>>;

export interface Log {
  info(event: string, facts?: LogFacts): void;
  warn(event: string, facts?: LogFacts): void;
  error(event: string, facts?: LogFacts): void;
}

export interface LogOptions {
  /** Lines below it are left out. */
  readonly level: LogLevel;
  readonly format: 'json' | 'text';
  /** Takes a line without its end. */
  readonly write: (line: string) => void;
  readonly clock: () => Date;
}

const struckOut = '***';
/** Names of facts whose values never appear, whatever stands before or after the word. */
const silentNames =
  /pass(word|phrase)|secret|token|authorization|cookie|api_?key|private|salt|ciphertext|e-?mail|phone|given_?name|family_?name|fields|data$|body/i;
const credentials = /(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi;
const emails = /[^\s@<>"']+@[^\s@<>"']+\.[a-z]{2,}/gi;
const apiKeys = /\b(Bearer\s+)\S+/gi;

const ranks: Readonly<Record<LogLevel, number>> = { info: 0, warn: 1, error: 2 };

export function newLog({ level, format, write, clock }: LogOptions): Log {
  const line =
    (of: LogLevel) =>
    (event: string, facts: LogFacts = {}) => {
      if (ranks[of] < ranks[level]) return;
      const shown = Object.entries(facts).map(([name, value]) => [name, shownValue(name, value)] as const);
      const time = clock().toISOString();
      write(format === 'json' ? jsonLine(time, of, event, shown) : textLine(time, of, event, shown));
    };
  return { info: line('info'), warn: line('warn'), error: line('error') };
}

function shownValue(name: string, value: string | number): string | number {
  if (silentNames.test(name)) return struckOut;
  if (typeof value === 'number') return value;
  return value
    .replace(credentials, `$1${struckOut}@`)
    .replace(apiKeys, `$1${struckOut}`)
    .replace(emails, (found) => (found.startsWith(struckOut) ? found : struckOut));
}

type Shown = readonly (readonly [string, string | number])[];

/** The names that we set come last, so that no fact takes their place. */
function jsonLine(time: string, level: LogLevel, event: string, facts: Shown): string {
  return JSON.stringify({ ...Object.fromEntries(facts), time, level, event });
}

/** One line, whatever the facts hold. */
function textLine(time: string, level: LogLevel, event: string, facts: Shown): string {
  const mark = level === 'info' ? '' : `${level}: `;
  const rest = facts.map(([name, value]) => ` ${name}=${oneWord(value)}`).join('');
  return `${time.slice(11, 19)} ${mark}${event}${rest}`;
}

function oneWord(value: string | number): string {
  const text = `${value}`;
  return /^[\w.:/*@+-]+$/.test(text) ? text : JSON.stringify(text);
}
