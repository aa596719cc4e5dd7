// SPDX-License-Identifier: Apache-2.0
// Where the checker puts what it finds. An error ends the statement that it stands in (`Stop` never leaves the
// checker), so one slip gives one message; a declaration that failed before stops its users in silence.
import type { Diagnostic, Severity, Span } from '../../program/diagnostic.ts';

export type Related = Diagnostic['related'];

/** Ends the checking of one statement. It never leaves `checkDocument`. */
export class Stop extends Error {
  override readonly name = 'Stop';
}

/** Diagnostics of one run, each place and code once. */
export interface Report {
  readonly diagnostics: Diagnostic[];
  readonly seen: Set<string>;
}

export function newReport(): Report {
  return { diagnostics: [], seen: new Set() };
}

type Facts = Readonly<Record<string, string>>;

function add(
  report: Report,
  severity: Severity,
  code: string,
  at: Span,
  facts: Facts,
  related: Related,
): void {
  const key = `${code} ${at.source} ${at.start.offset} ${at.end.offset} ${Object.values(facts).join('|')}`;
  if (report.seen.has(key)) return;
  report.seen.add(key);
  report.diagnostics.push({ code, severity, at, facts, related });
}

/** Notes an error and goes on. */
export function note(report: Report, code: string, at: Span, facts: Facts = {}, related: Related = []): void {
  add(report, 'error', code, at, facts, related);
}

/** Notes a warning. */
export function warn(report: Report, code: string, at: Span, facts: Facts = {}, related: Related = []): void {
  add(report, 'warning', code, at, facts, related);
}

/** Notes an error and ends the statement. */
export function fail(
  report: Report,
  code: string,
  at: Span,
  facts: Facts = {},
  related: Related = [],
): never {
  add(report, 'error', code, at, facts, related);
  throw new Stop();
}

/** Runs the checking of one statement; null after an error in it. */
export function guarded<T>(run: () => T): T | null {
  try {
    return run();
  } catch (error) {
    if (error instanceof Stop) return null;
    throw error;
  }
}
