// SPDX-License-Identifier: Apache-2.0
// Which kinds of facts the mapping of a feed brings.

/** Names of kinds; none where the mapping says none. */
export function feedKinds(mapping: unknown): readonly string[] {
  const { sources } = (mapping ?? {}) as { readonly sources?: unknown };
  const list: readonly unknown[] = Array.isArray(sources) ? sources : [];
  const kinds = list.flatMap((source) => {
    const { fact } = (source ?? {}) as { readonly fact?: unknown };
    return typeof fact === 'string' ? [fact] : [];
  });
  return [...new Set(kinds)];
}
