// SPDX-License-Identifier: Apache-2.0
// `npm run audit`: asks the registry which of our packages have known vulnerabilities. Fails on those that have a fix; a
// vulnerability without one is told and does not fail. A registry that does not answer an audit says nothing: that is
// told too, and is no failure, since it is no finding. With `-` it judges an answer of `npm audit --json` from standard input.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** What `npm audit --json` printed: `no answer`, or the packages with and without a fix. */
function findingsOf(text) {
  let answer;
  try {
    answer = JSON.parse(text);
  } catch {
    return { kind: 'no answer', why: 'npm audit printed no JSON' };
  }
  if (answer.vulnerabilities === undefined) {
    return { kind: 'no answer', why: String(answer.message ?? answer.error?.summary ?? 'unknown') };
  }
  const found = Object.values(answer.vulnerabilities).map((one) => ({
    name: one.name,
    severity: one.severity,
    hasFix: Boolean(one.fixAvailable),
  }));
  return {
    kind: 'answered',
    fixable: found.filter(({ hasFix }) => hasFix),
    unfixable: found.filter(({ hasFix }) => !hasFix),
  };
}

/** Prints the findings; true when nothing has to be done. */
function judged(findings, print) {
  if (findings.kind === 'no answer') {
    print(`The registry did not answer the audit, so nothing is known: ${findings.why}`);
    return true;
  }
  for (const { name, severity } of findings.unfixable) print(`${name}: ${severity}, no fix yet`);
  for (const { name, severity } of findings.fixable) print(`${name}: ${severity}, FIX IT: npm audit fix`);
  if (findings.fixable.length + findings.unfixable.length === 0) print('No known vulnerabilities.');
  return findings.fixable.length === 0;
}

function askRegistry() {
  const { stdout } = spawnSync('npm', ['audit', '--json', '--fetch-retries=0', '--fetch-timeout=30000'], {
    encoding: 'utf8',
    shell: process.platform === 'win32',
    timeout: 120_000,
  });
  return stdout ?? '';
}

const text = process.argv[2] === '-' ? readFileSync(0, 'utf8') : askRegistry();
process.exitCode = judged(findingsOf(text), console.log) ? 0 : 1;
