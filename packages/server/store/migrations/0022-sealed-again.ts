// SPDX-License-Identifier: Apache-2.0
// When the key that seals secrets changes, what it sealed is sealed anew: the wrapped key of a person is replaced by the
// same key in a new wrapping. Nothing else of that table can be changed.

import type { Migration } from './migration.ts';

export const sealedAgain: Migration = {
  name: '0022-sealed-again',
  sql: 'grant update (wrapped_key) on rapport.subject_key to rapport_app;',
};
