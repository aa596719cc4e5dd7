// SPDX-License-Identifier: Apache-2.0
// On which day each of many things is due next. A day that begins gives those that are due by then, and nobody else need
// be asked.

import type { Day } from '../../values/date.ts';

export class DueDays {
  private readonly next = new Map<string, Day>();
  /** By day: who was due then when it was said last; some may have been put off since. */
  private readonly names = new Map<Day, string[]>();

  /** Says when something is due; infinity: never. What was said of it before is over. */
  set(name: string, day: Day): void {
    if (this.next.get(name) === day) return;
    if (day === Infinity) {
      this.next.delete(name);
      return;
    }
    this.next.set(name, day);
    const names = this.names.get(day);
    if (names === undefined) this.names.set(day, [name]);
    else names.push(name);
  }

  /** When something is due; infinity where it never is. */
  of(name: string): Day {
    return this.next.get(name) ?? Infinity;
  }

  /** Takes out what is due by a day. */
  take(through: Day): Set<string> {
    const due = new Set<string>();
    for (const [day, names] of this.names) {
      if (day > through) continue;
      this.names.delete(day);
      for (const name of names) {
        if (this.next.get(name) !== day) continue;
        this.next.delete(name);
        due.add(name);
      }
    }
    return due;
  }
}
