// SPDX-License-Identifier: Apache-2.0
// A program of the server as one file that Node runs, with its packages left where they are.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

/** @param {string} entry from the root of the repository */
export function bundledProgram(entry) {
  const name = `${entry.replaceAll(/[/\\]/g, '-')}.mjs`;
  const outfile = join('packages', 'server', 'node_modules', '.cache', 'rapport', name);
  buildSync({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    alias: { '@rapport/core': join(process.cwd(), 'packages', 'core') },
    logLevel: 'error',
  });
  return outfile;
}

/**
 * Builds and runs a program with the arguments of this one, and ends as it does. A signal is passed on, and then the
 * program is waited for: it ends what it has started.
 * @param {string} entry from the root of the repository
 */
export function runProgram(entry) {
  const program = bundledProgram(entry);
  const child = spawn(process.execPath, [program, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.once('close', (code) => {
    process.exitCode = code ?? 1;
  });
}
