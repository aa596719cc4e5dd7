// SPDX-License-Identifier: Apache-2.0
// How a part of a program says that it has no place in the compiled path. The reason ends in the engine's plan, and the
// clause is left to the reference evaluator, so the answer is the same, only slower.

export class Unsupported extends Error {
  override readonly name = 'Unsupported';
}

/** Leaves the compiled path for a reason that names what was met. */
export function unsupported(reason: string): never {
  throw new Unsupported(reason);
}
