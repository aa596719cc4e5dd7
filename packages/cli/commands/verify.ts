// SPDX-License-Identifier: Apache-2.0
// `rapport verify`: recomputes an issued statement from its verification bundle, without the service.
import { verify as verifyWithKey } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { alignedLines } from '@rapport/core/explain/columns.ts';
import { currency, groupThousands } from '@rapport/core/values/asset.ts';
import type { VerifySignature } from '@rapport/core/verify/bundle.ts';
import type { NothingVerdict, Verdict } from '@rapport/core/verify/judge.ts';
import { problemSentence } from '@rapport/core/verify/messages.ts';
import { type BundleReport, verifyBundle } from '@rapport/core/verify/verify-bundle.ts';
import { type Command, exitFindings, exitOk, exitUsage, hasOption, textOption } from '../command.ts';
import { jsonText } from '../json-text.ts';
import type { Terminal } from '../terminal.ts';

/** Larger files are no bundle of one statement. */
const bytesMax = 256 * 1024 * 1024;

export const command: Command = {
  usage: 'verify BUNDLE [--key FINGERPRINT] [--json]',
  help: `
Recomputes an issued statement from its verification bundle alone, and says of each line:

  recomputed                        the signed text and the payee's own entries of the log give this amount
  recomputed from attested values   they give it together with values about others, which are signed and listed
  attested                          the amount itself is signed; the payee's entries do not give it

Every entry is proven to stand in the log, and a change of any byte is found.

  --key FINGERPRINT   the key that must have signed it, as the payer published it
  --json              the report as data

example: rapport verify statement-2026-Q1.bundle.json
`,
  options: { key: { type: 'string' }, json: { type: 'boolean' } },
  positionals: [1, 1],
  async run(given, terminal) {
    const [path = ''] = given.positionals;
    const text = textOf(path);
    if (text === null) {
      terminal.complain(`rapport verify: ${path} cannot be read. Name the bundle that was downloaded.`);
      return exitUsage;
    }
    const report = await verifyBundle(text, verifyHere);
    const key = textOption(given, 'key');
    const isOtherKey =
      key !== null && report.kind === 'verified' && report.keyFingerprint !== key.toLowerCase().trim();
    if (hasOption(given, 'json')) terminal.write(jsonText(report));
    else writeReport(report, terminal);
    if (isOtherKey) terminal.complain(`rapport verify: another key signed this bundle than ${key}.`);
    return report.kind === 'verified' && !isOtherKey ? exitOk : exitFindings;
  },
};

function textOf(path: string): string | null {
  try {
    return statSync(path).size > bytesMax ? null : readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

const verifyHere: VerifySignature = ({ publicKey, message, signature }) => {
  try {
    return verifyWithKey(
      null,
      message,
      { key: Buffer.from(publicKey), format: 'der', type: 'spki' },
      signature,
    );
  } catch {
    // A key of another form has signed nothing.
    return false;
  }
};

function writeReport(report: BundleReport, { write, style }: Terminal): void {
  if (report.kind === 'refused') {
    const lines = report.problems.map((problem) => `  ${problemSentence(problem)}`);
    write(`${[style.bad('Not verified'), ...lines].join('\n')}\n`);
    return;
  }
  const { body, verdicts, balances, nothing, checkpoint, keyFingerprint, entries } = report;
  const rows = verdicts.map((verdict) => [
    `${verdict.component}${verdict.earned === '' ? '' : `, ${verdict.earned}`}`,
    figure(verdict.due, verdict.asset),
    kindText(verdict, style),
    restsText(verdict),
  ]);
  const totals = body.totals.flatMap(({ asset, carried, paid, payable }) => [
    ...(isNothing(carried) ? [] : [['Carried from before', figure(carried, asset), '', '']]),
    ...(isNothing(paid) ? [] : [['Paid', figure(paid, asset), '', '']]),
    ['Payable', figure(payable, asset), '', ''],
  ]);
  const standing = balances.map(({ component, earned, asset, amount, kind }) => [
    `${component}${earned === '' ? '' : `, ${earned}`}`,
    figure(amount, asset),
    kind === 'recomputed' ? style.good(kind) : style.warn(kind),
    '',
  ]);
  const lines = [
    style.bold(`Verified: statement ${body.period.label} of ${body.payee}, version ${body.version}`),
    `${body.agreement.title}, as known on ${body.asOf}`,
    '',
    ...(rows.length === 0
      ? ['Nothing was due.']
      : alignedLines([...rows, ...totals, ...standing], ['left', 'right', 'left', 'left'])),
    ...nothingLines(nothing),
    '',
    ...valueLines(verdicts),
    `${entries} entries stand in the log of ${checkpoint.size}, signed ${checkpoint.signedAt}.`,
    `Root of the log:   ${checkpoint.root}`,
    `Key fingerprint:   ${keyFingerprint}`,
    style.dim('Compare the fingerprint with the one that the payer published.'),
  ];
  write(`${lines.join('\n')}\n`);
}

function kindText({ kind }: Verdict, style: Terminal['style']): string {
  switch (kind) {
    case 'recomputed':
      return style.good('recomputed');
    case 'recomputed from attested':
      return style.good('recomputed from attested values');
    case 'attested':
      return style.warn('attested');
  }
}

/** What is signed beside the amount. */
function restsText({ kind, over, lines, why }: Verdict): string {
  const rests = kind === 'attested' ? 'rests on' : 'over';
  return [
    ...(over.length === 0 ? [] : [`${rests} ${over.join(', ')}`]),
    ...(kind !== 'attested' && lines === 'attested' ? ['its lines are attested'] : []),
    ...(kind !== 'attested' && lines !== 'attested' && why === 'attested'
      ? ['its explanation is attested']
      : []),
  ].join('; ');
}

/** "Nothing came of Commission (2026-Q1, 2026-Q2)." */
function nothingLines(nothing: readonly NothingVerdict[]): readonly string[] {
  const periods = new Map<string, string[]>();
  for (const { component, earned, kind } of nothing) {
    const name = `${component}${kind === 'attested' ? ', for a reason that is attested' : ''}`;
    periods.set(name, [...(periods.get(name) ?? []), ...(earned === '' ? [] : [earned])]);
  }
  return [...periods].map(
    ([name, labels]) => `Nothing came of ${name}${labels.length === 0 ? '' : ` (${labels.join(', ')})`}.`,
  );
}

/** At most so many values of one line are listed; `--json` has all. */
const valuesMax = 12;

/** The attested values, under the line that is recomputed from them. */
function valueLines(verdicts: readonly Verdict[]): readonly string[] {
  const listed = verdicts.flatMap(({ component, earned, values }) => {
    if (values.length === 0) return [];
    const rows = values
      .slice(0, valuesMax)
      .map(({ what, of, figure: value }) => [`    ${value}`, `${what}${of === '' ? '' : ` (${of})`}`]);
    const more = values.length > valuesMax ? [`    and ${values.length - valuesMax} more`] : [];
    return [
      `  ${component}${earned === '' ? '' : `, ${earned}`}`,
      ...alignedLines(rows, ['left', 'left']),
      ...more,
    ];
  });
  return listed.length === 0 ? [] : ['Attested values', ...listed, ''];
}

/** A decimal text of no amount. */
function isNothing(text: string): boolean {
  return /^-?0*(\.0*)?$/.test(text);
}

function figure(decimal: string, asset: string): string {
  const grouped = groupThousands(decimal);
  return currency(asset) === null ? `${grouped} ${asset}` : `${asset} ${grouped}`;
}
