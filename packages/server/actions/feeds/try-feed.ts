// SPDX-License-Identifier: Apache-2.0
// A mapping tried on the beginning of a file, for whoever is writing it: what its rows become, and what is wrong with
// the mapping or with a row. Nothing is kept, and nobody is looked up: parties stay as the other system names them.
import { isoDay } from '@rapport/core/values/date.ts';
import type { Caller } from '../../access/caller.ts';
import type { AnswerOf } from '../../wire/endpoint.ts';
import type { tryFeed as endpoint, FeedDefinition } from '../../wire/feeds.ts';
import type { Context } from '../context.ts';
import { declaredBy } from '../declared.ts';
import { fieldValueOf } from '../field-value.ts';
import { done, type Outcome, refused } from '../outcome.ts';
import { denied } from '../permit.ts';
import { declaredProgram } from './declared-program.ts';
import { accountsOf, feedOfMapping, findingOf, readFiles, withMode } from './read-files.ts';

type Tried = AnswerOf<typeof endpoint>;

/** Facts and findings that are shown; the account counts all. */
const shownMax = 25;

export interface TryFeed extends Pick<FeedDefinition, 'mode' | 'mapping'> {
  readonly files: readonly { readonly name: string; readonly text: string }[];
}

export async function tryFeed(context: Context, caller: Caller, given: TryFeed): Promise<Outcome<Tried>> {
  const no = denied(caller, 'feeds.change');
  if (no !== null) return no;
  const versions = (await context.writers.of(caller.workspace)).declared();
  const declared = declaredBy(versions);
  const program = declaredProgram(versions, declared);
  if (program === null) return refused('kind_not_declared', { kind: 'any fact', known: '' });
  const read = feedOfMapping(withMode(given.mapping, given.mode));
  if ('errors' in read)
    return done({ errors: [...read.errors], accounts: [], facts: [], attributes: [], findings: [] });
  const files = given.files.map(({ name, text }) => ({ name, content: Buffer.from(text) }));
  const { facts, attributes, report } = readFiles(read.feed, files, program);
  return done({
    errors: [],
    accounts: accountsOf(report),
    facts: facts.slice(0, shownMax).map(({ kind, id, revision, fields }) => {
      const known = declared.facts.get(kind)?.fields;
      const values = Object.entries(fields).map(
        ([name, scalar]) => [name, fieldValueOf(scalar, known?.get(name)?.type)] as const,
      );
      return { kind, id, revision, fields: Object.fromEntries(values) };
    }),
    attributes: attributes.slice(0, shownMax).map(({ attribute, party, of, value, from, through }) => {
      const kind = declared.parties.get(party);
      const field = kind?.attributes.get(attribute) ?? kind?.fields.get(attribute);
      return {
        attribute: `${attribute} of ${party}`,
        of,
        value: fieldValueOf(value, field?.type),
        from: from === null ? null : isoDay(from),
        through: through === null ? null : isoDay(through),
      };
    }),
    findings: report.diagnostics.slice(0, shownMax).map(findingOf),
  });
}
