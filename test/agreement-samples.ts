// SPDX-License-Identifier: Apache-2.0
// Agreements inside Markdown: finds every ````agreement fence of a page (or takes the page itself as the agreement),
// compiles it and runs its worked examples. What is wrong comes back as sentences; nothing is thrown.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ExampleOutcome, runExample } from '../packages/core/engine/examples.ts';
import { compile } from '../packages/core/language/compile.ts';
import { renderDiagnostic } from '../packages/core/language/messages.ts';
import type { Program } from '../packages/core/program/program.ts';

/** An agreement with the name under which its mistakes are reported. */
export interface Sample {
  readonly source: string;
  readonly text: string;
}

/** One amount that a worked example states, and what the agreement gives. */
export interface Checked {
  readonly what: string;
  readonly expected: string;
  readonly got: string;
}

export interface Ran {
  /** Rendered errors of the text; empty when it compiles. */
  readonly errors: readonly string[];
  /** Rendered warnings of the text. */
  readonly warnings: readonly string[];
  readonly examples: readonly string[];
  readonly checked: readonly Checked[];
}

/** The agreements in a page, in its order; a page with formulas of its own is itself the agreement. */
export function samplesOf(page: string, source: string): readonly Sample[] {
  const fences = [...page.matchAll(/^(`{3,})agreement\n([\s\S]*?)\n\1$/gm)];
  if (fences.length === 0) return /^```rapport$/m.test(page) ? [{ source, text: page }] : [];
  return fences.map((fence, index) => ({
    source: fences.length === 1 ? source : `${source} (${index + 1})`,
    text: fence[2] ?? '',
  }));
}

/** The Markdown pages of a folder, with their paths. */
export function pagesOf(folder: string): readonly { readonly path: string; readonly text: string }[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => ({ path: join(folder, name), text: readFileSync(join(folder, name), 'utf8') }));
}

/** Compiles an agreement and runs every worked example in it. */
export function run({ source, text }: Sample): Ran {
  const { program, diagnostics } = compile(text, source);
  const rendered = (severity: 'error' | 'warning') =>
    diagnostics.filter((one) => one.severity === severity).map((one) => renderDiagnostic(one, text));
  const errors = rendered('error');
  const warnings = rendered('warning');
  if (program === null) return { errors, warnings, examples: [], checked: [] };
  const outcomes = program.examples.map((example) => runExample(program, example));
  return {
    errors,
    warnings,
    examples: program.examples.map((example) => example.name),
    checked: outcomes.flatMap((outcome, index) => checkedOf(program, outcome, index)),
  };
}

function checkedOf(program: Program, outcome: ExampleOutcome, index: number): readonly Checked[] {
  const stated = (program.examples[index]?.steps ?? []).flatMap((step) =>
    step.kind !== 'gives'
      ? []
      : step.amounts.map((amount) => ({ ...amount, payee: step.payee, period: step.period })),
  );
  const wrong = outcome.mismatches.map((mismatch) => ({
    what: `${outcome.example}: ${mismatch.payee} ${mismatch.period} ${mismatch.component}${mismatch.isDifference ? ' (now)' : ''}`,
    expected: mismatch.expected === null ? 'nothing else' : plain(mismatch.expected),
    got: `${plain(mismatch.got)}${mismatch.waiting.length > 0 ? ' (waiting)' : ''}`,
  }));
  const right = stated
    .filter(({ at }) => !outcome.mismatches.some((mismatch) => mismatch.at.start.offset === at.start.offset))
    .map(({ payee, period, component, amount }) => ({
      what: `${outcome.example}: ${payee} ${period} ${component}`,
      expected: plain(amount),
      got: plain(amount),
    }));
  return [...right, ...wrong];
}

/** A fraction as people write it; one that does not end, as a fraction. */
function plain({ n, d }: { readonly n: bigint; readonly d: bigint }): string {
  if (d === 1n) return String(n);
  const scale = 10n ** 6n;
  if ((n * scale) % d !== 0n) return `${n}/${d}`;
  const digits = String(((n < 0n ? -n : n) * scale) / d).padStart(7, '0');
  const cut = `${digits.slice(0, -6)}.${digits.slice(-6)}`.replace(/0+$/, '').replace(/\.$/, '');
  return n < 0n ? `-${cut}` : cut;
}
