// SPDX-License-Identifier: Apache-2.0
// Whether two pieces of data say the same. Order of properties does not matter, and a property that is undefined is
// as good as absent, so that a request sent again is known for a repeat.

export function isSameContent(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b))
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, index) => isSameContent(item, b[index]))
    );
  const left = new Map(Object.entries(a));
  const right = new Map(Object.entries(b));
  return [...new Set([...left.keys(), ...right.keys()])].every((name) =>
    isSameContent(left.get(name), right.get(name)),
  );
}
