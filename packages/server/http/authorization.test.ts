// SPDX-License-Identifier: Apache-2.0
// Every route that is served × every role × whose record it is. The expectation is the matrix itself, asked through HTTP.
// A route about parties that is not addressed by its path or query needs a row in `bodies`: without it this test fails.
import { describe, expect, test } from 'vitest';
import { matrix } from '../access/matrix.ts';
import { isPermission, type Permission, permissionMeanings } from '../access/permissions.ts';
import { type Role, roles } from '../access/roles.ts';
import { newPartyId } from '../actions/party-reference.ts';
import { putName } from '../actions/personal-names.ts';
import { addParties, addReferences } from '../store/party-rows.ts';
import { activate, day } from '../testing/sales-agreement.ts';
import { request, type TestAnswer, testService } from '../testing/test-service.ts';
import { routes } from './route-list.ts';

const service = await testService();
const { name, workspace, join, send } = await service.newWorkspace();
const elsewhere = await service.newWorkspace();

/** Whose record is asked for. */
const people = ['own', 'team', 'stranger'] as const;
type Person = (typeof people)[number];

const parties = await partiesWithFacts();
const party = Object.fromEntries(people.map((one, at) => [one, parties[at]!])) as Record<Person, string>;
const callers = new Map<Role, Readonly<Record<string, string>>>();
for (const role of roles) callers.set(role, (await join(role, party.own)).headers);
const keyOfNothing = await narrowKey();

/** Three representatives, each with a deal; the second reports to the first. */
async function partiesWithFacts(): Promise<readonly string[]> {
  const { store, writers } = service.context;
  const writer = await writers.of(workspace);
  await activate(store, writer);
  await writer.submit([day('2026-04-01')], { together: true });
  const made = people.map(() => newPartyId(service.context));
  const kind = 'Representative';
  await store.within(workspace, async (scope) => {
    await addParties(
      scope,
      made.map((one) => ({ party: one, kind, state: 'known' as const })),
    );
    await addReferences(
      scope,
      made.map((one) => ({ kind, system: '', reference: one, party: one })),
    );
    for (const one of made) await putName(service.context, scope, { party: one, name: 'Nora Named' });
  });
  await writer.submit(
    [
      {
        entry: {
          kind: 'attribute',
          fact: {
            ...{ party: kind, of: made[1]!, attribute: 'Manager', from: null, through: null },
            value: { kind: 'party', value: made[0]! },
          },
        },
        actor: 'user:test',
        source: 'test',
      },
    ],
    { together: true },
  );
  for (const one of made) {
    const answer = await send('POST', '/facts', {
      body: {
        ...{ specversion: '1.0', id: one, source: '/crm', type: 'Deal', subject: `D-${one}` },
        data: { Representative: one, Amount: '45000', Closed: '2026-02-10' },
      },
    });
    expect(answer.body.receipts[0].outcome).toBe('recorded');
    const issued = await send('POST', `/agreements/sales/statements/${one}/2026-Q1/versions`, { body: {} });
    expect(issued.status, issued.text).toBe(201);
  }
  return made;
}

/** A key that may do one thing, which no route here is asked for. */
async function narrowKey(): Promise<Readonly<Record<string, string>>> {
  const { body } = await send('POST', '/api-keys', {
    body: { title: 'Narrow', role: 'owner', scopes: ['secrets.rotate'] },
  });
  return { authorization: `Bearer ${body.secret}` };
}

/** Bodies that name a party, for routes that take it there. */
const bodies: Readonly<Record<string, (party: string) => unknown>> = {
  whatIf: (payee) => ({
    payee,
    facts: [{ kind: 'Deal', fields: { Representative: payee, Amount: '1000', Closed: '2026-03-01' } }],
  }),
};

/** What a word in an address or query stands for, when it is about a person; other words stand for nothing that is there. */
function wordsOf(whose: Person): Readonly<Record<string, string>> {
  return {
    ...{ party: party[whose], payee: party[whose], agreement: 'sales', period: '2026-Q1' },
    ...{ kind: 'Deal', id: `D-${party[whose]}`, clause: 'Commission', component: 'Commission', asset: 'USD' },
    ...{ version: '1', format: 'csv', load: '1', sequence: '1', size: '1', before: '1', job: '1' },
  };
}

function filled(path: string, whose: Person, inWorkspace = name): string {
  const words = { ...wordsOf(whose), workspace: inWorkspace };
  return path.replace(/:(\w+)/g, (_, word: keyof typeof words) =>
    encodeURIComponent(words[word] ?? 'nothing'),
  );
}

const guarded = routes
  .map(({ endpoint }) => endpoint)
  .filter((endpoint) => isPermission(endpoint.demand))
  .map((endpoint) => ({ ...endpoint, demand: endpoint.demand as Permission }));

function ask(
  endpoint: (typeof guarded)[number],
  headers: Readonly<Record<string, string>>,
  whose: Person = 'own',
): Promise<TestAnswer> {
  const words = wordsOf(whose);
  const asked = Object.keys(shapeOf(endpoint.query)).filter((word) => queryWords.includes(word));
  const query = new URLSearchParams(asked.map((word): [string, string] => [word, words[word]!]));
  const url = filled(endpoint.path, whose) + (asked.length === 0 ? '' : `?${query}`);
  if (endpoint.produces?.includes('text/event-stream') === true) return beginningOf(url, headers);
  const body = bodies[endpoint.name]?.(party[whose]);
  return request(service.app, endpoint.method, url, { body, headers });
}

/** Words that a query may need; the others only narrow. */
const queryWords: readonly string[] = ['party', 'payee', 'period', 'clause', 'component', 'asset'];

/** What a stream says in its first moments; it would never end by itself. */
async function beginningOf(url: string, headers: Readonly<Record<string, string>>): Promise<TestAnswer> {
  const answer = await service.app.inject({
    method: 'GET',
    url,
    headers: { ...headers },
    payloadAsStream: true,
  });
  const stream = answer.stream();
  let text = '';
  stream.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  await new Promise((resolve) => {
    stream.once('end', resolve);
    setTimeout(resolve, 200);
  });
  stream.destroy();
  const isProblem = `${answer.headers['content-type']}`.includes('json');
  return {
    status: answer.statusCode,
    body: isProblem ? JSON.parse(text) : null,
    headers: answer.headers,
    text,
  };
}

function shapeOf(schema: unknown): Readonly<Record<string, unknown>> {
  return (schema as { readonly shape?: Record<string, unknown> } | undefined)?.shape ?? {};
}

/** Codes with which the gate turns somebody away, before any action looks at the record. */
const gateCodes = [
  'not_signed_in',
  'not_allowed',
  'scope_missing',
  'workspace_unknown',
  'password_to_be_changed',
];

describe.each(guarded.map((endpoint) => [endpoint.name, endpoint] as const))('%s', (_, endpoint) => {
  test('is closed to nobody, to strangers to the workspace, and to keys without the scope', async () => {
    expect((await ask(endpoint, {})).body.code).toBe('not_signed_in');
    expect((await ask(endpoint, elsewhere.owner)).body.code).toBe('workspace_unknown');
    const owner = callers.get('owner')!;
    const foreign = filled(endpoint.path, 'own', elsewhere.name);
    expect((await request(service.app, endpoint.method, foreign, { headers: owner })).body.code).toBe(
      'workspace_unknown',
    );
    if (endpoint.demand !== 'secrets.rotate') {
      expect((await ask(endpoint, keyOfNothing)).body.code).toBe('scope_missing');
    }
  });

  // What changes something could end the session or the membership that the next role needs: there, only the refusals.
  test.each(roles)('is open to the role %s as far as the matrix says', async (role) => {
    const reach = matrix[role][endpoint.demand];
    const headers = callers.get(role)!;
    if (reach === null) {
      expect((await ask(endpoint, headers)).body.code).toBe('not_allowed');
      return;
    }
    if (!permissionMeanings[endpoint.demand].reads) return;
    const answer = await ask(endpoint, headers, reach === 'all' ? 'stranger' : 'own');
    expect(gateCodes).not.toContain(answer.body?.code);
    expect(answer.status, answer.text).toBeLessThan(500);
  });
});

const personal = guarded.filter(({ demand }) =>
  roles.some((role) => ['own', 'team'].includes(matrix[role][demand] ?? '')),
);

/** When an answer is neither a refusal nor a record. */
const hint = 'say in `wordsOf`, `queryWords` or `bodies` how this route is asked about somebody';

describe.each(personal.map((endpoint) => [endpoint.name, endpoint] as const))('%s', (_, endpoint) => {
  const narrowed = roles.filter((role) => ['own', 'team'].includes(matrix[role][endpoint.demand] ?? ''));

  test('can be asked about somebody: by its address, its query, a list, or a row of this test', () => {
    const isList = endpoint.method === 'GET';
    const isAddressed = /:(party|payee|id)\b/.test(endpoint.path);
    expect(isList || isAddressed || endpoint.name in bodies, 'add a row to `bodies`').toBe(true);
  });

  test.each(narrowed)('shows the role %s nothing of a stranger', async (role) => {
    const answer = await ask(endpoint, callers.get(role)!, 'stranger');
    if (answer.status >= 400) expect([403, 404], `${hint}: ${answer.text}`).toContain(answer.status);
    else expect(answer.text).not.toContain(`"${party.stranger}"`);
  });

  test.each(narrowed)('shows the role %s nothing of a stranger when asked about nobody', async (role) => {
    if (/:(party|payee|id)\b/.test(endpoint.path) || endpoint.method !== 'GET') return;
    const url = filled(endpoint.path, 'own');
    const isStream = endpoint.produces?.includes('text/event-stream') === true;
    const headers = callers.get(role)!;
    const answer = isStream
      ? await beginningOf(url, headers)
      : await request(service.app, 'GET', url, { headers });
    expect(answer.text).not.toContain(party.stranger);
    if (matrix[role][endpoint.demand] !== 'team') expect(answer.text).not.toContain(party.team);
  });

  test.each(narrowed)('shows the role %s of the team as much as the matrix says', async (role) => {
    const answer = await ask(endpoint, callers.get(role)!, 'team');
    const isTeam = matrix[role][endpoint.demand] === 'team';
    if (isTeam)
      expect(answer.body?.code).toBe((await ask(endpoint, callers.get('owner')!, 'team')).body?.code);
    else if (answer.status >= 400) expect([403, 404]).toContain(answer.status);
    else expect(answer.text).not.toContain(`"${party.team}"`);
  });

  test.each(narrowed)('shows the role %s what is its own, as the owner sees it', async (role) => {
    const [mine, theirs] = [
      await ask(endpoint, callers.get(role)!, 'own'),
      await ask(endpoint, callers.get('owner')!, 'own'),
    ];
    expect(mine.body?.code).toBe(theirs.body?.code);
    expect(mine.status).toBe(theirs.status);
  });
});

test('a key without the scope for personal data reads everything else, and no name', async () => {
  const scopes = (Object.keys(permissionMeanings) as Permission[]).filter(
    (one) => matrix.integration[one] !== null && one !== 'personal.read',
  );
  const { body } = await send('POST', '/api-keys', { body: { title: 'Warehouse', scopes } });
  const headers = { authorization: `Bearer ${body.secret}` };
  const seen: string[] = [];
  for (const endpoint of personal.filter(
    ({ method, demand }) => method === 'GET' && scopes.includes(demand),
  )) {
    const answer = await ask(endpoint, headers, 'own');
    expect(answer.text, endpoint.name).not.toContain('Nora');
    const open = await ask(endpoint, callers.get('owner')!, 'own');
    if (open.text.includes('Nora')) seen.push(endpoint.name);
  }
  expect(seen.length).toBeGreaterThan(3);
});

test('a route that asks for nobody is one of these', () => {
  const open = routes.map(({ endpoint }) => endpoint).filter(({ demand }) => demand === 'nobody');
  const known = ['signIn', 'readSignIn', 'readInvitation', 'acceptInvitation', 'receiveWebhook'];
  expect(open.map((endpoint) => endpoint.name).filter((one) => !known.includes(one))).toEqual([]);
});

test('a session that only has to be there is answered 401 without one', async () => {
  const signedIn = routes.map(({ endpoint }) => endpoint).filter(({ demand }) => demand === 'signed in');
  expect(signedIn.length).toBeGreaterThan(0);
  for (const { method, path } of signedIn) {
    expect((await request(service.app, method, path)).status).toBe(401);
  }
});
