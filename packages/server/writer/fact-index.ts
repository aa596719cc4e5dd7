// SPDX-License-Identifier: Apache-2.0
// Which facts the log may hold already, as hashes of their identities: eight bytes each, two times the room. "No" is
// certain, and then nobody need ask the database; "maybe" is answered there.

export interface FactIndex {
  add(identity: string): void;
  mayHave(identity: string): boolean;
}

/** Room for so many before it grows by itself. */
export function newFactIndex(expected = 1024): FactIndex {
  let mask = 2 ** Math.ceil(Math.log2(Math.max(16, expected * 2))) - 1;
  let high = new Int32Array(mask + 1);
  let low = new Int32Array(mask + 1);
  let count = 0;

  function place(a: number, b: number): number {
    let slot = (a ^ (b << 7)) & mask;
    while ((high[slot] !== 0 || low[slot] !== 0) && (high[slot] !== a || low[slot] !== b))
      slot = (slot + 1) & mask;
    return slot;
  }

  function grow(): void {
    const [oldHigh, oldLow] = [high, low];
    mask = mask * 2 + 1;
    high = new Int32Array(mask + 1);
    low = new Int32Array(mask + 1);
    for (let slot = 0; slot < oldHigh.length; slot += 1) {
      const [a, b] = [oldHigh[slot]!, oldLow[slot]!];
      if (a === 0 && b === 0) continue;
      const to = place(a, b);
      high[to] = a;
      low[to] = b;
    }
  }

  return {
    add: (identity) => {
      const [a, b] = hashOf(identity);
      const slot = place(a, b);
      if (high[slot] === a && low[slot] === b) return;
      high[slot] = a;
      low[slot] = b;
      count += 1;
      if (count * 2 > mask) grow();
    },
    mayHave: (identity) => {
      const [a, b] = hashOf(identity);
      const slot = place(a, b);
      return high[slot] === a && low[slot] === b;
    },
  };
}

/** Two multiplicative hashes with different seeds; never both zero, which marks an empty slot. */
function hashOf(text: string): readonly [number, number] {
  let a = 0x811c9dc5 | 0;
  let b = 0x9747b28c | 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ unit, 0x5bd1e995);
    b ^= b >>> 15;
  }
  a ^= a >>> 16;
  return a === 0 && b === 0 ? [1, 0] : [a, b];
}
