// SPDX-License-Identifier: Apache-2.0
// How the sign-in library reaches its tables: each of its operations is a transaction under the role of access, so that
// it sees nothing else of the database whatever it is asked.

import { kyselyAdapter } from '@better-auth/kysely-adapter';
import type { DBAdapter, DBAdapterInstance } from 'better-auth/adapters';
import type { Store } from '../store/open.ts';

export function libraryAdapter(store: Store): DBAdapterInstance {
  return (options) => {
    const within = <T>(work: (adapter: DBAdapter) => Promise<T>): Promise<T> =>
      store.accessing((query) => work(kyselyAdapter(query, { type: 'postgres' })(options)));
    return {
      id: 'rapport',
      create: (given) => within((adapter) => adapter.create(given)),
      findOne: (given) => within((adapter) => adapter.findOne(given)),
      findMany: (given) => within((adapter) => adapter.findMany(given)),
      count: (given) => within((adapter) => adapter.count(given)),
      update: (given) => within((adapter) => adapter.update(given)),
      updateMany: (given) => within((adapter) => adapter.updateMany(given)),
      delete: (given) => within((adapter) => adapter.delete(given)),
      deleteMany: (given) => within((adapter) => adapter.deleteMany(given)),
      consumeOne: (given) => within((adapter) => adapter.consumeOne(given)),
      incrementOne: (given) => within((adapter) => adapter.incrementOne(given)),
      transaction: (work) => within((adapter) => work(adapter)),
    };
  };
}
