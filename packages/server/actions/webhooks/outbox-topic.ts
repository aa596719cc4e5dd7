// SPDX-License-Identifier: Apache-2.0
// Topics as other systems know them, and as the outbox names them.
import { type Topic, topics } from '../../wire/webhooks.ts';

const inOutbox: Readonly<Record<Topic, string>> = {
  'posting.recorded': 'posted',
  'statement.issued': 'statement issued',
  'statement.approved': 'statement approved',
  'approval.taken_back': 'approval taken back',
  'payment.recorded': 'paid',
  'period.closed': 'closed',
  'agreement.activated': 'agreement activated',
  'load.waiting': 'load waiting',
  'load.recorded': 'load recorded',
};

export function outboxTopic(topic: Topic): string {
  return inOutbox[topic];
}

export function wireTopic(name: string): Topic {
  const found = topics.find((topic) => inOutbox[topic] === name);
  if (found === undefined) throw new Error(`The outbox knows no topic ${name}.`);
  return found;
}
