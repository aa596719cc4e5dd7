// SPDX-License-Identifier: Apache-2.0
// Brings a fresh checkout to a state in which anything else can run: dependencies and the built command.
// Plain JavaScript without dependencies, since it runs before any is installed. A second run costs milliseconds.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root folder of the repository. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const lockFile = join(root, 'package-lock.json');
const installedLockFile = join(root, 'node_modules', '.rapport-lock');

/** Ends the process with one sentence when Node is too old for us. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`Rapport needs Node 20.19 or newer; this is Node ${process.versions.node}.`);
  process.exit(1);
}

/** Runs `npm ci` when the dependencies are missing or the lock file has changed since they were installed. */
export function installDependencies() {
  const isCurrent =
    existsSync(installedLockFile) && readFileSync(installedLockFile).equals(readFileSync(lockFile));
  if (isCurrent) return;
  console.log('Installing dependencies (npm ci) …');
  const npm = process.env.npm_execpath;
  const arguments_ = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const result = npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, ...arguments_], { cwd: root, stdio: 'inherit' })
    : spawnSync('npm', arguments_, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  if (result.status !== 0) {
    console.error('npm ci failed; see above.');
    process.exit(1);
  }
  copyFileSync(lockFile, installedLockFile);
}

/** Runs a program of an installed package in this Node; gives its exit code. */
export function runInstalled(script, arguments_, environment = {}) {
  const result = spawnSync(process.execPath, [join(root, 'node_modules', script), ...arguments_], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  });
  return result.status ?? 1;
}

/** Everything at once: the right Node, dependencies, the built command. */
export async function bootstrap() {
  requireNode();
  installDependencies();
  const { buildWhenStale } = await import('../packages/cli/build.js');
  await buildWhenStale();
}
