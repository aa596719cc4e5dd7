// SPDX-License-Identifier: Apache-2.0
// Relations of a store, kept from one evaluation to the next while nobody has added or replaced an attribute.

import type { FactStore } from '../../program/fact-store.ts';
import type { AttributeFact } from '../../program/log.ts';
import type { Relation } from './relation.ts';

export class KeptRelations {
  private store: FactStore | null = null;
  private attributes: readonly AttributeFact[] = [];
  private relations = new Map<string, Relation>();

  /** The relations of a store: those that were made for it, where they still hold. */
  of(store: FactStore): Map<string, Relation> {
    const { attributes } = store;
    const isSame =
      this.store === store &&
      this.attributes.length === attributes.length &&
      this.attributes.every((attribute, place) => attribute === attributes[place]);
    if (!isSame) {
      this.store = store;
      this.attributes = [...attributes];
      this.relations = new Map();
    }
    return this.relations;
  }
}
