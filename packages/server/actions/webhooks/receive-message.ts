// SPDX-License-Identifier: Apache-2.0
// Messages of other systems: signed, not old, taken once. The feed of the webhook says what they become: a message is one
// object or a list of them, all of it recorded or, when a row of it cannot be read, none. What a message leaves out is
// not gone: only a whole file of a snapshot says that.

import type { Fact } from '@rapport/core/program/log.ts';
import { findFeed } from '../../store/feed-rows.ts';
import { sealedPurposes } from '../../store/sealed-rows.ts';
import { findWebhook, isInboundKnown, noteInbound } from '../../store/webhook-rows.ts';
import { findWorkspace } from '../../store/workspace-rows.ts';
import type { FactReceipts } from '../../wire/facts.ts';
import { problemOf } from '../../wire/problem.ts';
import type { Receipt, Submitted } from '../../writer/writing.ts';
import type { Context } from '../context.ts';
import { declaredBy } from '../declared.ts';
import { changesOf, referencesIn } from '../feeds/load-changes.ts';
import { findingOf } from '../feeds/read-files.ts';
import { readAll, sourceOf } from '../feeds/read-load.ts';
import { done, type Outcome, refusalOf, refused } from '../outcome.ts';
import { resolveReferences } from '../party-reference.ts';
import { asSealed, sealPersonal } from '../seal-personal.ts';
import { problemOfMessage, type SignedHeaders, toleranceMinutes } from './signature.ts';

export interface InboundMessage {
  readonly workspaceName: string;
  readonly webhook: string;
  readonly headers: SignedHeaders;
  /** As it came: what was signed are the bytes. */
  readonly body: string;
}

export async function receiveMessage(
  context: Context,
  given: InboundMessage,
): Promise<Outcome<FactReceipts>> {
  const { store, secrets, clock } = context;
  const { webhook, headers, body } = given;
  const found = await store.accessing((query) => findWorkspace(query, given.workspaceName));
  const unknown = refused('webhook_unknown', { webhook });
  if (found === null) return unknown;
  const { workspace } = found;
  const row = await store.within(workspace, (scope) => findWebhook(scope, webhook));
  if (row === null || row.direction !== 'in' || row.feed === null) return unknown;
  const purpose = sealedPurposes.webhook(workspace, webhook);
  const secret = secrets.open(row.sealed_secret.toString(), purpose).toString();
  const problem = problemOfMessage(secret, headers, body, clock());
  if (problem !== null) return refused(problem, { minutes: `${toleranceMinutes}` });
  if (row.state === 'paused') return refused('webhook_paused', { webhook });
  const message = { source: webhook, message: headers.id.slice(0, 200) };
  // A message that was taken is not taken again: it may be older by now than what is known.
  if (await store.within(workspace, (scope) => isInboundKnown(scope, message))) return done({ receipts: [] });
  const recorded = await record(context, workspace, row.feed, { webhook, body });
  if (recorded.kind === 'done') await store.within(workspace, (scope) => noteInbound(scope, message));
  return recorded;
}

async function record(
  context: Context,
  workspace: number,
  feed: string,
  { webhook, body }: { readonly webhook: string; readonly body: string },
): Promise<Outcome<FactReceipts>> {
  const { store, writers } = context;
  const found = await store.within(workspace, (scope) => findFeed(scope, feed));
  if (found === null) return refused('feed_unknown', { feed });
  const writer = await writers.of(workspace);
  const declared = declaredBy(writer.declared());
  const row = { ...found, mapping: asJsonMapping(found.mapping) };
  const files = [{ name: messageFile, content: Buffer.from(body) }];
  const read = readAll(row, files, declared, writer.declared());
  if ('refused' in read) return read.refused;
  if (read.report.diagnostics.length > 0) {
    const errors = read.report.diagnostics.slice(0, 50).map(findingOf);
    return refused('file_unreadable', { file: 'the message' }, { errors });
  }
  const source = sourceOf(feed);
  const parties = await resolveReferences(context, workspace, referencesIn(read, declared, source));
  const isSnapshot = found.mode === 'snapshot';
  const changes = await store.within(workspace, (scope) =>
    changesOf(scope, read, {
      declared,
      parties,
      system: source,
      source,
      isSnapshot,
      isWhole: false,
      sealed: (facts) => asSealed(context, workspace, facts),
    }),
  );
  const by = { actor: `webhook:${webhook}`, source };
  const sealed = await sealPersonal(context, workspace, changes.facts);
  const entries: readonly Submitted[] = [
    ...changes.attributes.map((fact): Submitted => ({ entry: { kind: 'attribute', fact }, ...by })),
    ...sealed.map(
      ({ fact, private: values }): Submitted => ({ entry: { kind: 'fact', fact }, private: values, ...by }),
    ),
  ];
  if (entries.length === 0) return done({ receipts: [] });
  const receipts = await writer.submit(entries, { together: true });
  const against = receipts.find((receipt) => receipt.kind === 'refused');
  if (against !== undefined) return { kind: 'refused', refusal: refusalOf(against.refusal) };
  return done({
    receipts: changes.facts.map((fact, at) => receiptOf(fact, receipts[changes.attributes.length + at]!)),
  });
}

const messageFile = 'message.json';

/** The mapping of a feed of one source, read from JSON whatever its files are. */
function asJsonMapping<M>(mapping: M): M {
  const { sources, ...rest } = mapping as { readonly sources?: unknown };
  const list = Array.isArray(sources) ? (sources as readonly object[]) : [];
  return { ...rest, sources: list.map((one) => ({ ...one, file: messageFile, format: 'json' })) } as M;
}

function receiptOf({ kind, id, revision }: Fact, receipt: Receipt): FactReceipts['receipts'][number] {
  const isThere = receipt.kind === 'recorded' || receipt.kind === 'repeated';
  return {
    ...{ kind, id, revision },
    outcome: isThere ? receipt.kind : 'not recorded',
    sequence: isThere ? receipt.sequence : null,
    reason: null,
    problem: receipt.kind === 'refused' ? problemOf(refusalOf(receipt.refusal)) : null,
  };
}
