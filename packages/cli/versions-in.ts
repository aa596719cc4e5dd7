// SPDX-License-Identifier: Apache-2.0
// The versions of an agreement that a folder holds: agreement.md, and amendments/2026-02-15.md, each the whole text in
// force from the day in its name. Each version ends where the next one begins.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Program, Version } from '@rapport/core/program/program.ts';
import { type Day, parseIsoDay } from '@rapport/core/values/date.ts';
import { readProgram } from './agreement-file.ts';
import { exitUsage } from './command.ts';
import type { Terminal } from './terminal.ts';

/** A text in force from a day. */
export interface Amendment {
  readonly path: string;
  readonly from: Day;
}

/** The amendments of a folder in the order of their days; an exit code (with a complaint) when a name is no day. */
export function amendmentsIn(
  folder: string,
  terminal: Terminal,
): readonly Amendment[] | { readonly exitCode: number } {
  const inside = join(folder, 'amendments');
  if (!existsSync(inside)) return [];
  const found: Amendment[] = [];
  for (const name of readdirSync(inside).sort()) {
    if (!name.endsWith('.md') || name === 'README.md') continue;
    const path = join(inside, name);
    const from = parseIsoDay(name.slice(0, -'.md'.length));
    if (from === null) {
      terminal.complain(
        `rapport: ${path} is named after no day. Name an amendment after the day from which it is in force, such as 2026-02-15.md.`,
      );
      return { exitCode: exitUsage };
    }
    found.push({ path, from });
  }
  return found;
}

/** All versions of the agreement in a folder, oldest first; `first` is the program of agreement.md. */
export function versionsIn(
  folder: string,
  first: Program,
  terminal: Terminal,
): readonly [Version, ...Version[]] | { readonly exitCode: number } {
  const amendments = amendmentsIn(folder, terminal);
  if ('exitCode' in amendments) return amendments;
  const later: { readonly program: Program; readonly from: Day }[] = [];
  for (const { path, from } of amendments) {
    const read = readProgram(path, terminal);
    if ('exitCode' in read) return read;
    later.push({ program: read.program, from });
  }
  const to = (index: number): Day | null => later[index]?.from ?? null;
  return [
    { program: first, from: null, to: to(0) },
    ...later.map(({ program, from }, index): Version => ({ program, from, to: to(index + 1) })),
  ];
}
