// SPDX-License-Identifier: Apache-2.0
// Makes the demo workspace when it is not there yet. Who can sign in, and with which first password, is kept in a file
// that only its owner can read.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { operatorCaller } from '../access/caller.ts';
import { createOwner } from '../access/create-owner.ts';
import type { Identity } from '../access/identity.ts';
import { generatedPassword } from '../access/password.ts';
import { beginDays, localDay } from '../actions/begin-days.ts';
import type { Context } from '../actions/context.ts';
import { type DemoAccount, loadDemo } from '../demo/load-demo.ts';
import { buildHttp, type HttpOptions } from '../http/build.ts';
import { usualLimits } from '../http/limits.ts';
import { createWorkspace, findWorkspace } from '../store/workspace-rows.ts';

export const demoName = 'demo';

/** Gives how many milliseconds it took; null when the workspace was there. */
export async function makeDemo(
  context: Context,
  http: HttpOptions,
  accountsFile: string,
): Promise<number | null> {
  const { store } = context;
  const found = await store.accessing((query) => findWorkspace(query, demoName));
  if (found !== null) return null;
  const begun = performance.now();
  const workspace = await store.accessing((query) =>
    createWorkspace(query, { name: demoName, title: 'Northwind and the record club' }),
  );
  if (workspace === null) return null;
  const owner = { workspace, name: 'Olga Owner', email: 'owner@demo.example', password: generatedPassword() };
  await createOwner(store, owner);
  // The demonstration comes in by the API itself, from within and without a limit of its rate.
  const app = await buildHttp(context, {
    ...http,
    pages: null,
    access: { ...http.access, identify: async () => operatorIn(workspace) },
    limits: { ...usualLimits, perMinute: Number.MAX_SAFE_INTEGER },
  });
  const ask = async (method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown): Promise<unknown> => {
    const url = `/api/v1/workspaces/${demoName}${path}`;
    const answer = await app.inject({
      method,
      url,
      ...(body === undefined ? {} : { payload: body as object }),
    });
    if (answer.statusCode < 400) return answer.json();
    throw new Error(`${method} ${path}: ${answer.body.slice(0, 2000)}`);
  };
  const today = localDay(context.clock(), 'UTC');
  const accept = async (link: string, name: string): Promise<string> => {
    const password = generatedPassword();
    const payload = { token: link.split('#')[1], name, password };
    const answer = await app.inject({ method: 'POST', url: '/api/v1/invitation/accept', payload });
    if (answer.statusCode < 400) return password;
    throw new Error(`Nobody can accept ${link}: ${answer.body.slice(0, 2000)}`);
  };
  const accounts = await loadDemo(ask, texts(), today, () => beginDays(context, workspace), accept);
  await app.close();
  const first: DemoAccount[] = [{ ...owner, role: 'owner' }];
  writeFileSync(accountsFile, accountsText([...first, ...accounts]), { mode: 0o600 });
  return performance.now() - begun;
}

/** Somebody at this machine, who may do everything in the demonstration. */
function operatorIn(workspace: number): Identity {
  const caller = operatorCaller(workspace);
  const place = { workspaceName: demoName, workspaceTitle: demoName, caller };
  return { kind: 'key', actor: caller.actor, places: [place] };
}

/** Lines for people: who can sign in to the demo. */
export function demoAccounts(accountsFile: string): readonly string[] {
  return existsSync(accountsFile) ? readFileSync(accountsFile, 'utf8').trimEnd().split('\n') : [];
}

function accountsText(accounts: readonly DemoAccount[]): string {
  const widest = Math.max(...accounts.map(({ email }) => email.length));
  const lines = accounts.map(
    ({ email, password, role, name }) => `${email.padEnd(widest)}  ${password}  ${name} (${role})`,
  );
  return `${lines.join('\n')}\n`;
}

/** The agreements of the demonstration: beside the bundle, or in a checkout in the folder of the examples. */
function texts(): { readonly hardwareSales: string; readonly recordClub: string } {
  const here = dirname(fileURLToPath(import.meta.url));
  const folder = [join(here, 'examples'), join(here, '..', '..', '..', 'examples')].find((each) =>
    existsSync(join(each, 'hardware-sales', 'agreement.md')),
  );
  if (folder === undefined) throw new Error('The agreements of the demonstration are missing.');
  const read = (name: string) => readFileSync(join(folder, name, 'agreement.md'), 'utf8');
  return { hardwareSales: read('hardware-sales'), recordClub: read('record-club') };
}
