// SPDX-License-Identifier: Apache-2.0
// What the agreements in force declare, for whoever sends facts or adds parties.
import type { Caller } from '../access/caller.ts';
import { may } from '../access/may.ts';
import type { Context } from './context.ts';
import { type Declared, declaredBy } from './declared.ts';
import { typeForm, typeWords } from './field-value.ts';
import { done, type Outcome, refused } from './outcome.ts';

const needed = 'workspace.read';

async function declaredFor(context: Context, caller: Caller): Promise<Outcome<Declared>> {
  if (!may(caller, needed)) return refused('not_allowed', { role: caller.role, permission: needed });
  return done(declaredBy((await context.writers.of(caller.workspace)).declared()));
}

export async function listFactKinds(context: Context, caller: Caller) {
  const declared = await declaredFor(context, caller);
  if (declared.kind === 'refused') return declared;
  return done({
    items: [...declared.value.facts.values()].map(({ kind, plural, agreements, countsOn, fields }) => ({
      kind,
      plural,
      agreements,
      countsOn,
      fields: [...fields.values()].map(({ name, type, mayStayOpen }) => {
        return { name, type: typeWords(type), form: typeForm(type), mayStayOpen };
      }),
    })),
  });
}

export async function listPartyKinds(context: Context, caller: Caller) {
  const declared = await declaredFor(context, caller);
  if (declared.kind === 'refused') return declared;
  return done({
    items: [...declared.value.parties.values()].map(
      ({ kind, plural, role, agreements, fields, attributes }) => ({
        kind,
        plural,
        role,
        agreements,
        fields: [
          ...[...fields.values()].map(({ name, type }) => ({
            name,
            type: typeWords(type),
            form: typeForm(type),
            isDated: false,
          })),
          ...[...attributes.values()].map(({ name, type }) => ({
            name,
            type: typeWords(type),
            form: typeForm(type),
            isDated: true,
          })),
        ],
      }),
    ),
  });
}
