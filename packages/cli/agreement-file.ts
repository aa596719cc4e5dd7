// SPDX-License-Identifier: Apache-2.0
// Reads an agreement: a file, or agreement.md in a folder. What is wrong with it is shown at once, each finding with
// its place, excerpt and remedy.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { decodeUtf8 } from '@rapport/core/feeds/utf8.ts';
import { compile } from '@rapport/core/language/compile.ts';
import { messageOf, renderDiagnostic } from '@rapport/core/language/messages.ts';
import type { Diagnostic } from '@rapport/core/program/diagnostic.ts';
import type { Program } from '@rapport/core/program/program.ts';
import { exitFindings, exitUsage } from './command.ts';
import type { Terminal } from './terminal.ts';

export interface AgreementFile {
  readonly path: string;
  readonly text: string;
  readonly compiled: ReturnType<typeof compile>;
}

/** The file, read and checked, whatever it holds; null (with a complaint) when there is no such file. */
export function readAgreement(given: string, terminal: Terminal): AgreementFile | null {
  const path = agreementPath(given);
  const text = readText(path, terminal);
  return text === null ? null : { path, text, compiled: compile(text, path) };
}

/** The agreement with its program; an exit code (with complaints) when it cannot be run. */
export function readProgram(
  given: string,
  terminal: Terminal,
): (AgreementFile & { readonly program: Program }) | { readonly exitCode: number } {
  const agreement = readAgreement(given, terminal);
  if (agreement === null) return { exitCode: exitUsage };
  const { program, diagnostics } = agreement.compiled;
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (program !== null && errors.length === 0) return { ...agreement, program };
  for (const diagnostic of errors) terminal.complain(`${renderDiagnostic(diagnostic, agreement.text)}\n`);
  terminal.complain(`${agreement.path}: ${counted(errors.length, 'error')}; nothing was computed.`);
  return { exitCode: exitFindings };
}

/** A finding as one JSON object. */
export function diagnosticJson(diagnostic: Diagnostic): string {
  const { code, severity, at, facts } = diagnostic;
  const { sentence, remedy } = messageOf(diagnostic);
  const { line, column } = at.start;
  return JSON.stringify({ code, severity, file: at.source, line, column, sentence, remedy, facts });
}

/** A text file; null (with a complaint) when it cannot be read. */
export function readText(path: string, terminal: Terminal): string | null {
  try {
    const bytes = readFileSync(path);
    const text = decodeUtf8(bytes, 0, bytes.length);
    if (text === null) terminal.complain(notUtf8(path, bytes));
    return text;
  } catch (error) {
    terminal.complain(unreadable(path, error));
    return null;
  }
}

/** That a file is in another encoding, with the first line that shows it. */
function notUtf8(path: string, bytes: Uint8Array): string {
  let line = 1;
  for (let start = 0; start < bytes.length; line += 1) {
    const end = bytes.indexOf(0x0a, start);
    const next = end < 0 ? bytes.length : end + 1;
    if (decodeUtf8(bytes, start, next) === null) break;
    start = next;
  }
  return `rapport: ${path}, line ${line}: the file is not UTF-8.\n    Save it with the encoding UTF-8.`;
}

/** That a path is no folder, and what to name instead. */
export function noFolder(path: string, remedy: string): string {
  const isThere = existsSync(path);
  return `rapport: ${isThere ? `${path} is a file, not a folder` : `there is no folder ${path}`}. ${remedy}`;
}

/** Why a file cannot be read, as a sentence. */
export function unreadable(path: string, error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return `rapport: there is no file ${path}.`;
  if (code === 'EACCES') return `rapport: ${path} may not be read by you.`;
  if (code === 'EISDIR') return `rapport: ${path} is a folder.`;
  return `rapport: ${path} cannot be read (${String(code ?? error)}).`;
}

export function isFolder(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  } catch {
    // A circle of links, a name that is too long: whatever it is, it is no folder.
    return false;
  }
}

function agreementPath(given: string): string {
  return isFolder(given) ? join(given, 'agreement.md') : given;
}

/** "1 error", "3 errors". */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}
