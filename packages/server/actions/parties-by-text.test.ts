// SPDX-License-Identifier: Apache-2.0
// Looking for a party by name: what is found, for whom, with and without the index, and what an erasure leaves of it.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addParties, addReferences } from '../store/party-rows.ts';
import { testService } from '../testing/test-service.ts';
import { indexOlderNames } from './index-older-names.ts';
import { nameTokens } from './name-index.ts';
import { hasWords, wordsOf } from './name-words.ts';
import { putName } from './personal-names.ts';

const service = await testService();
const { context } = service;

const people = {
  'p-01': 'Ann Lovelace',
  'p-02': 'Annabel Brandt-Lee',
  'p-03': 'Ada Łukasz',
  'p-04': 'Zoë Weiß',
  'p-05': 'ليلى الأحمد',
  'p-06': '王小明',
  'p-07': 'Σοφία Παππάς',
  'p-08': 'Maximiliana-Theodora Featherstonehaugh',
} as const;

async function workspaceOfPeople() {
  const made = await service.newWorkspace();
  await context.store.within(made.workspace, async (scope) => {
    for (const [party, name] of Object.entries(people)) {
      await addParties(scope, [{ party, kind: 'Representative', state: 'known' }]);
      await addReferences(scope, [
        { kind: 'Representative', system: '', reference: party, party },
        { kind: 'Representative', system: 'crm', reference: `CRM-9${party.slice(2)}`, party },
      ]);
      await putName(context, scope, { party, name });
    }
  });
  const find = async (text: string, more = '', as = made.owner) => {
    const { body } = await made.send('GET', `/parties?text=${encodeURIComponent(text)}${more}`, { as });
    return body.items.map(({ party }: { party: string }) => party);
  };
  return { ...made, find };
}

const { find, send, workspace, signIn } = await workspaceOfPeople();

describe('a party is found by', () => {
  test.each([
    ['the beginning of a word of the name', 'lov', ['p-01']],
    ['the beginning that several share', 'ann', ['p-01', 'p-02']],
    ['all the words together, in any order', 'brandt anna', ['p-02']],
    ['a part after a hyphen', 'lee', ['p-02']],
    ['letters without their accents', 'zoe', ['p-04']],
    ['two letters s for a sharp one', 'weiss', ['p-04']],
    ['a name written from the right', 'الأح', ['p-05']],
    ['signs that nothing divides', '小明', ['p-06']],
    ['one sign', '王', ['p-06']],
    ['Greek letters without their marks', 'παππας', ['p-07']],
    ['a word longer than what is kept of it', 'featherstonehau', ['p-08']],
    ['one letter, for which names are opened', 'f', ['p-08']],
    ['part of a reference', 'm-905', ['p-05']],
    ['its whole id', 'p-03', ['p-03']],
    ['nothing that only stands inside a word', 'ovelace', []],
    ['nothing when one of the words is another', 'ann stranger', []],
    ['nothing when the word is longer than the name', 'featherstonehaughs', []],
    ['nothing by signs that are no letters', '%', []],
  ])('%s', async (_, text, expected) => {
    expect(await find(text)).toEqual(expected);
  });

  test('name and kind together', async () => {
    expect(await find('ann', '&kind=Representative&state=known')).toEqual(['p-01', 'p-02']);
    expect(await find('ann', '&kind=Customer')).toEqual([]);
  });

  test('page after page, none twice', async () => {
    const first = await send('GET', '/parties?text=ann&limit=1');
    expect(first.body).toMatchObject({ items: [{ party: 'p-01' }], next: 'p-01' });
    const second = await send('GET', `/parties?text=ann&limit=1&after=${first.body.next}`);
    expect(second.body).toMatchObject({ items: [{ party: 'p-02' }], next: null });
  });
});

test('a changed name is found by its new words alone', async () => {
  const { find: findHere, send: sendHere } = await workspaceOfPeople();
  await sendHere('PATCH', '/parties/p-01', { body: { name: 'Ann King' } });
  expect(await findHere('king')).toEqual(['p-01']);
  expect(await findHere('lovelace')).toEqual([]);
});

test('who sees no names learns of none by what a word finds', async () => {
  const { send: sendHere, find: findHere } = await workspaceOfPeople();
  const { body } = await sendHere('POST', '/api-keys', {
    body: { title: 'Feed', role: 'integration', scopes: ['parties.read'], expiresAt: null },
  });
  const key = { authorization: `Bearer ${body.secret}` };
  expect(await findHere('lovelace', '', key)).toEqual([]);
  expect(await findHere('CRM-901', '', key)).toEqual(['p-01']);
});

test('a representative finds only among their own', async () => {
  const own = await signIn('representative', 'p-02');
  expect(await find('ann', '', own)).toEqual(['p-02']);
});

test('names from before the index are found while it is made and afterwards', async () => {
  const { workspace: older, find: findHere } = await workspaceOfPeople();
  await service.database.asOwner('delete from rapport.name_token where workspace = $1', [older]);
  await service.database.asOwner('delete from rapport.name_index where workspace = $1', [older]);
  expect(await findHere('lov')).toEqual(['p-01']);
  // A first new name makes the index, which is not complete by that.
  await context.store.within(older, (scope) =>
    putName(context, scope, { party: 'p-03', name: 'Ada Lovell' }),
  );
  expect(await findHere('lov')).toEqual(['p-01', 'p-03']);
  while (await context.store.within(older, (scope) => indexOlderNames(context, scope)));
  const [index] = await service.database.asOwner(
    'select indexed_through from rapport.name_index where workspace = $1',
    [older],
  );
  expect(index).toEqual({ indexed_through: null });
  expect(await findHere('lov')).toEqual(['p-01', 'p-03']);
});

test('the tokens of a person go with their key', async () => {
  const count = async () =>
    await service.database.asOwner<{ tokens: number }>(
      `select count(*)::integer as tokens from rapport.name_token where workspace = $1 and party = 'p-08'`,
      [workspace],
    );
  expect((await count())[0]!.tokens).toBeGreaterThan(10);
  await send('POST', '/parties/p-08/erasure', { body: { reason: 'asked', confirm: 'p-08' } });
  expect((await count())[0]!.tokens).toBe(0);
  expect(await find('featherstone')).toEqual([]);
});

test('the same name has other tokens in another workspace', async () => {
  const other = await workspaceOfPeople();
  const tokens = await service.database.asOwner<{ workspace: number; tokens: string }>(
    `select workspace, string_agg(token::text, ' ' order by token) as tokens from rapport.name_token
     where party = 'p-01' and workspace = any($1) group by workspace`,
    [[workspace, other.workspace]],
  );
  expect(new Set(tokens.map((row) => row.tokens)).size).toBe(2);
});

test('every beginning of two letters and more has its token among those of the name', () => {
  const key = Buffer.alloc(32, 5);
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.nat(20), (name, length) => {
      const tokens = new Set(nameTokens(key, name));
      for (const word of wordsOf(name)) {
        const beginning = [...word].slice(0, length + 2).join('');
        expect(hasWords(name, [beginning])).toBe(true);
        for (const token of nameTokens(key, beginning)) expect(tokens).toContain(token);
      }
    }),
  );
});
