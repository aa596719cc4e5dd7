// SPDX-License-Identifier: Apache-2.0
// A hold of points names its lots and keeps them. Lots themselves are no rows: wallets are folded from the log and from
// these promises, so the tables that nothing ever wrote are gone, as are those of timers and of the facts behind a key.

import type { Migration } from './migration.ts';

const neverWritten = ['lot_state', 'lot_movement', 'lot', 'key_fact', 'timer'];

export const pointsInFlight: Migration = {
  name: '0052-points-in-flight',
  sql: `
    alter table rapport.hold add column lots jsonb not null default '[]';
    ${neverWritten.map((table) => `drop table rapport.${table};`).join('\n    ')}
  `,
};
