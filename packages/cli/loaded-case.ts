// SPDX-License-Identifier: Apache-2.0
// What every command about amounts begins with: the agreement of a folder with the values set for its blanks, the
// facts of its feed, the day as of which it is evaluated, and the evaluation.
import { compileEngine } from '@rapport/core/engine/compiled/compile.ts';
import { evaluate } from '@rapport/core/engine/reference/evaluate.ts';
import type { Loaded } from '@rapport/core/feeds/facts-from-feed.ts';
import { renderFeedDiagnostic } from '@rapport/core/feeds/messages.ts';
import { withBlanks } from '@rapport/core/language/blanks.ts';
import { messageOf } from '@rapport/core/language/messages.ts';
import type { Evaluation } from '@rapport/core/program/entitlement.ts';
import { type FactStore, knownFromStore } from '@rapport/core/program/fact-store.ts';
import type { Known } from '@rapport/core/program/log.ts';
import type { Program, Version } from '@rapport/core/program/program.ts';
import { type Day, isoDay, parseIsoDay } from '@rapport/core/values/date.ts';
import { type AgreementFile, counted, isFolder, noFolder, readProgram } from './agreement-file.ts';
import { type Arguments, exitFindings, exitUsage, textOption, textsOption } from './command.ts';
import { loadFacts } from './feed-files.ts';
import type { Terminal } from './terminal.ts';
import { versionsIn } from './versions-in.ts';
import { visitsMax, type WorstCost, worstCost } from './worst-cost.ts';

/** The options that say what is evaluated; commands add their own. */
export const caseOptions = {
  data: { type: 'string' },
  set: { type: 'string', multiple: true },
  'as-of': { type: 'string' },
  'most-visits': { type: 'string' },
  engine: { type: 'string' },
} as const;

export const caseHelp = `  --data DIR               the folder with the data files that FOLDER/feed.yaml names
  --set "Base Rate=4.75%"  another value for a blank; may stand several times
  --as-of DATE             evaluate at the close of this day (default: the latest counting date in the data)
  --most-visits NUMBER     refuse to begin when more facts than this could be visited (default: 100000000000)
  --engine NAME            compiled (default) or reference; both give the same, the second is slow and obvious`;

export interface LoadedCase {
  readonly agreement: AgreementFile;
  /** Of the newest version: facts are read by its declarations. */
  readonly program: Program;
  readonly versions: readonly Version[];
  readonly loaded: Loaded;
  readonly asOf: Day;
  readonly evaluation: Evaluation;
}

/**
 * Loads and evaluates the folder that the command line names; an exit code (with complaints) when that fails.
 * `needsLines` keeps the facts behind each amount.
 */
export async function loadCase(
  given: Arguments,
  terminal: Terminal,
  needsLines = true,
): Promise<LoadedCase | { readonly exitCode: number }> {
  const folder = given.positionals[0] ?? '.';
  const data = textOption(given, 'data');
  if (!isFolder(folder)) {
    terminal.complain(noFolder(folder, 'Name the folder that holds agreement.md and feed.yaml.'));
    return { exitCode: exitUsage };
  }
  if (data === null) {
    terminal.complain('rapport: name the folder with the data files: --data DIR.');
    return { exitCode: exitUsage };
  }
  const engine = textOption(given, 'engine') ?? 'compiled';
  if (engine !== 'compiled' && engine !== 'reference') {
    terminal.complain(`rapport: there is no engine "${engine}"; there are compiled and reference.`);
    return { exitCode: exitUsage };
  }
  const asOfText = textOption(given, 'as-of');
  const asOfGiven = asOfText === null ? null : parseIsoDay(asOfText);
  if (asOfText !== null && asOfGiven === null) {
    terminal.complain(`rapport: --as-of "${asOfText}" is no date such as 2017-12-31.`);
    return { exitCode: exitUsage };
  }
  const most = visitsLimit(textOption(given, 'most-visits'));
  if (most === null) {
    terminal.complain('rapport: --most-visits is a whole number above 0, such as 1000000000.');
    return { exitCode: exitUsage };
  }
  const agreement = readProgram(folder, terminal);
  if ('exitCode' in agreement) return agreement;
  const signed = versionsIn(folder, agreement.program, terminal);
  if ('exitCode' in signed) return signed;
  const versions = withValues(signed, textsOption(given, 'set'), terminal);
  if (versions === null) return { exitCode: exitUsage };
  const { program } = versions.at(-1) as Version;
  const loaded = await loadFacts(folder, data, program, terminal);
  if ('exitCode' in loaded) return loaded;
  const asOf = asOfGiven ?? loaded.report.latest;
  if (asOf === null) {
    complainOfRows(loaded, terminal);
    const hasFacts = [...loaded.store.tables.values()].some(({ length }) => length > 0);
    terminal.complain(
      hasFacts
        ? 'rapport: no fact has a counting date yet. Name the day to compute for: --as-of DATE.'
        : 'rapport: no fact could be loaded, so there is nothing to compute.',
    );
    return { exitCode: exitFindings };
  }
  if (asOfGiven === null) doubtFarDay(asOf, terminal);
  if (isTooDear(worstCost(program, loaded.store, asOf), most, terminal)) return { exitCode: exitFindings };
  const evaluation =
    engine === 'reference'
      ? evaluate(versions, knownOf(loaded.store, asOf))
      : compileEngine(versions).evaluate(loaded.store, asOf, { lines: needsLines }).evaluation();
  return { agreement, program, versions, loaded, asOf, evaluation };
}

/** A date such as 9999-12-31 is nearly always a slip, and the day of evaluation would follow it. */
function doubtFarDay(asOf: Day, terminal: Terminal): void {
  const yearsAhead = 10;
  const limit = new Date().getUTCFullYear() + yearsAhead;
  if (Number(isoDay(asOf).slice(0, 4)) <= limit) return;
  terminal.complain(
    `rapport: the latest date in the data is ${isoDay(asOf)}, more than ${yearsAhead} years ahead, and amounts are computed as of it.\n    If that is a slip, correct the row, or name the day: --as-of DATE.`,
  );
}

/** The limit that is named, or the usual one; null when it makes no sense. */
function visitsLimit(text: string | null): number | null {
  if (text === null) return visitsMax;
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;
}

/** Says, with the figures, when the worst case is beyond the limit, so that nothing begins that might never end. */
function isTooDear({ amounts, visits, dearest }: WorstCost, most: number, terminal: Terminal): boolean {
  if (visits <= most) return false;
  const facts = Object.values(amounts.facts).reduce((sum, count) => sum + count, 0);
  const share =
    dearest === null ? '' : `, ${counted(dearest.visits, 'visit')} of them for "${dearest.clause}"`;
  terminal.complain(
    `rapport: over ${counted(facts, 'fact')} and ${counted(amounts.periods, 'period')} this agreement could visit ${counted(visits, 'fact')}${share}; the limit is ${most.toLocaleString('en-US')}. Nothing was computed.`,
  );
  terminal.complain(
    '    Let the clause read facts of its payee alone, leave out rows with a filter in the feed, or raise --most-visits.',
  );
  return true;
}

/** What is known from a store, row by row, for everything that does not read columns. */
export function knownOf(store: FactStore, asOf: Day): Known {
  return knownFromStore(store, asOf);
}

/**
 * The versions with the values of `Name=value`, in each text that has the blank; null (with complaints) when one makes
 * no sense.
 */
function withValues(
  versions: readonly Version[],
  settings: readonly string[],
  terminal: Terminal,
): readonly Version[] | null {
  const named = new Map<string, string>();
  for (const setting of settings) {
    const at = setting.indexOf('=');
    const name = setting.slice(0, at).trim();
    const value = setting.slice(at + 1).trim();
    if (at < 0 || name === '' || value === '') {
      terminal.complain(
        `rapport: --set "${setting}" is not of the form "Name=value", such as "Base Rate=4.75%".`,
      );
      return null;
    }
    if (named.has(name)) {
      terminal.complain(`rapport: --set names "${name}" twice. Keep one of the two.`);
      return null;
    }
    named.set(name, value);
  }
  const values = Object.fromEntries(named);
  const set = versions.map((version) => {
    const others = versions.filter((each) => each !== version);
    const here = Object.entries(values).filter(
      ([name]) => hasBlank(version, name) || !others.some((each) => hasBlank(each, name)),
    );
    // All at once, so that the bounds of a table may move together.
    return { version, result: withBlanks(version.program, Object.fromEntries(here)) };
  });
  const wrong = set.flatMap(({ result }) => ('program' in result ? [] : [result.diagnostics]));
  if (wrong.length === 0) {
    return set.flatMap(({ version, result }) => ('program' in result ? [{ ...version, ...result }] : []));
  }
  for (const diagnostic of wrong[0] ?? []) {
    const { sentence, remedy } = messageOf(diagnostic);
    const { name, found } = diagnostic.facts;
    const meant = Object.entries(values).find(([each, value]) => each === name || `"${value}"` === found);
    const setting = meant === undefined ? '' : ` "${meant[0]}=${meant[1]}"`;
    terminal.complain(`rapport: --set${setting}: ${sentence}\n    ${remedy}`);
  }
  return null;
}

function hasBlank({ program }: Version, name: string): boolean {
  return program.blanks.some((blank) => blank.id === name);
}

/** Findings that are shown one by one before the rest is only counted. */
const shownMax = 20;

/** Shows what is wrong with the data on standard error; true when something is. */
export function complainOfRows({ report }: Loaded, terminal: Terminal): boolean {
  const { diagnostics } = report;
  for (const diagnostic of diagnostics.slice(0, shownMax))
    terminal.complain(renderFeedDiagnostic(diagnostic));
  if (diagnostics.length > shownMax) {
    terminal.complain(`… and ${counted(diagnostics.length - shownMax, 'more finding')} of the same data.`);
  }
  return diagnostics.length > 0;
}

/** "as of 2017-12-31". */
export function asOfText(asOf: Day): string {
  return `as of ${isoDay(asOf)}`;
}
