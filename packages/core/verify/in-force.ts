// SPDX-License-Identifier: Apache-2.0
// Which version of an agreement is in force when: each from its day on, until its own end or until the next one begins.

import type { Version } from '../program/program.ts';

/** Versions as they were activated; of two that begin on one day the one with the higher number comes later. */
export function inForce(activated: readonly (Version & { readonly version: number })[]): readonly Version[] {
  const inOrder = activated.toSorted(
    (a, b) => (a.from ?? -Infinity) - (b.from ?? -Infinity) || a.version - b.version,
  );
  return inOrder.map(({ program, from, to }, place): Version => {
    const next = inOrder[place + 1]?.from ?? null;
    return { program, from, to: next === null ? to : to === null ? next : Math.min(to, next) };
  });
}
