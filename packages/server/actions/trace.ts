// SPDX-License-Identifier: Apache-2.0
// What the log says of a failure: enough to find it, nothing that may hold data.

/** What the log says of a failure: its kind and where it was, never its message, which may hold data. */
export function traceOf(error: unknown): {
  readonly name: string;
  readonly code: string;
  readonly at: string;
} {
  const { name = 'Error', code = '', stack = '' } = error as Error & { readonly code?: string };
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
  return {
    name,
    code: `${code}`,
    at: frames
      .slice(0, 6)
      .map((line) => line.trim())
      .join(' | '),
  };
}
