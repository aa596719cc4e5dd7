// SPDX-License-Identifier: Apache-2.0
// Reads a plain object (from YAML or JSON) key by key and notes what is wrong with it: unknown keys, missing ones,
// values of another kind. Paths such as `sources.0.fields.Amount` say where.

import { closestName } from './closest-name.ts';
import { type Problem, problem, shown } from './problem.ts';

export class ObjectReader {
  readonly path: string;
  private readonly object: Readonly<Record<string, unknown>>;
  private readonly problems: Problem[];
  private readonly asked = new Set<string>();

  constructor(value: unknown, path: string, problems: Problem[]) {
    this.path = path;
    this.problems = problems;
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    this.object = isObject ? (value as Record<string, unknown>) : {};
    if (!isObject)
      this.complain('feed_malformed', { expected: 'keys with values', found: shown(textOfValue(value)) });
  }

  complain(code: string, facts: Readonly<Record<string, string>>, key?: string): void {
    const at = [this.path, key].filter((part) => part !== undefined && part !== '').join('.');
    this.problems.push(problem(code, { at: at === '' ? 'the feed' : at, ...facts }));
  }

  has(key: string): boolean {
    this.asked.add(key);
    return Object.hasOwn(this.object, key) && this.object[key] !== null && this.object[key] !== undefined;
  }

  raw(key: string): unknown {
    return this.has(key) ? this.object[key] : undefined;
  }

  keys(): readonly string[] {
    return Object.keys(this.object);
  }

  /** A text or number; null when it is not there. */
  text(key: string): string | null {
    const value = this.raw(key);
    if (value === undefined) return null;
    const text = scalarText(value);
    if (text === null)
      this.complain('feed_malformed', { expected: 'a text', found: shown(textOfValue(value)) }, key);
    return text;
  }

  requiredText(key: string): string {
    if (!this.has(key)) this.complain('feed_key_missing', { key });
    return this.text(key) ?? '';
  }

  /** One text or a list of texts. */
  texts(key: string): readonly string[] | null {
    const value = this.raw(key);
    if (value === undefined) return null;
    const texts = (Array.isArray(value) ? value : [value]).map(scalarText);
    if (texts.every((text) => text !== null)) return texts;
    this.complain(
      'feed_malformed',
      { expected: 'a text or a list of texts', found: shown(textOfValue(value)) },
      key,
    );
    return [];
  }

  /** One of the listed words; the first when it is not there. */
  oneOf<T extends string>(key: string, options: readonly [T, ...T[]]): T {
    const text = this.text(key);
    const found = options.find((option) => option === text);
    if (found === undefined && text !== null) {
      this.complain('feed_malformed', { expected: options.join(' or '), found: shown(text) }, key);
    }
    return found ?? options[0];
  }

  /** The object below a key; an empty one when it is not there. */
  below(key: string): ObjectReader {
    return new ObjectReader(
      this.raw(key) ?? {},
      this.path === '' ? key : `${this.path}.${key}`,
      this.problems,
    );
  }

  /** Complains about every key that nobody asked for. */
  finish(): void {
    for (const key of Object.keys(this.object)) {
      if (this.asked.has(key)) continue;
      const closest = closestName(key, [...this.asked]);
      this.complain('feed_key_unknown', {
        key,
        known: [...this.asked].join(', '),
        ...(closest === null ? {} : { closest }),
      });
    }
  }
}

export function scalarText(value: unknown): string | null {
  return typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : null;
}

function textOfValue(value: unknown): string {
  return (
    scalarText(value) ??
    (value === null || value === undefined ? 'nothing' : Array.isArray(value) ? 'a list' : 'keys with values')
  );
}
