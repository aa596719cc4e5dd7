// SPDX-License-Identifier: Apache-2.0
// The sentences of refusals: what was refused, with the real values, and what to do instead.

import type { Refusal } from './book-entry.ts';

export function refusalSentence({ code, facts }: Refusal): string {
  const { id = '', revision = '', amount = '', state = '', usable = '' } = facts;
  switch (code) {
    case 'same_revision_other_content':
      return `Revision ${revision} of ${id} is recorded with other content. Send the change as a later revision.`;
    case 'same_commitment_other_content':
      return `The commitment ${id} is recorded with other content. Give what is new an id of its own.`;
    case 'same_hold_other_content':
      return `The hold ${id} is recorded with other content. Give what is new an id of its own.`;
    case 'amount_not_positive':
      return `The amount of ${id} is ${amount}. Give an amount above zero.`;
    case 'points_short':
      return `${id} takes ${amount}, but only ${usable} can be used. Take fewer.`;
    case 'hold_unknown':
      return `There is no hold ${id}. Place it before it is posted or voided.`;
    case 'hold_already_resolved':
      return `The hold ${id} is ${state} already. A hold ends once; place another one.`;
  }
}
