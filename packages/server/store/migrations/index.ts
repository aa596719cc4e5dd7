// SPDX-License-Identifier: Apache-2.0
// Every migration in order of its number. Numbers: 0001-0019 store, 0020-0029 access, 0030-0039 http, 0040-0049
// statements and proof, 0050-0059 writer, 0060-0069 search.

import { roles } from './0001-roles.ts';
import { books } from './0002-books.ts';
import { operation } from './0003-operation.ts';
import { access } from './0004-access.ts';
import { members } from './0020-members.ts';
import { personalData } from './0021-personal-data.ts';
import { sealedAgain } from './0022-sealed-again.ts';
import { feedFiles } from './0030-feed-files.ts';
import { webhooks } from './0031-webhooks.ts';
import { messagesOver } from './0032-messages-over.ts';
import { settled } from './0050-settled.ts';
import { roomForTotals } from './0051-room-for-totals.ts';
import { pointsInFlight } from './0052-points-in-flight.ts';
import { nameIndex } from './0060-name-index.ts';
import type { Migration } from './migration.ts';

export const migrations: readonly Migration[] = [
  roles, //
  books,
  operation,
  access,
  members,
  personalData,
  sealedAgain,
  feedFiles,
  webhooks,
  messagesOver,
  settled,
  roomForTotals,
  pointsInFlight,
  nameIndex,
];
