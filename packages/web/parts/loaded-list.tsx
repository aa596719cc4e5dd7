// SPDX-License-Identifier: Apache-2.0
// A list that comes page by page, as records: what has come, and more when the reader asks.
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { Loaded } from './loaded.tsx';
import { type Column, Records } from './records.tsx';

interface Portion<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

interface LoadedListProps<T> {
  readonly label: string;
  readonly query: UseInfiniteQueryResult<InfiniteData<Portion<T>>>;
  readonly keyOf: (item: T, place: number) => string;
  readonly columns: readonly Column<T>[];
  readonly empty?: string;
  /** The order in which to show what has come; else as it came. */
  readonly order?: (a: T, b: T) => number;
}

export function LoadedList<T>({ query, order, ...records }: LoadedListProps<T>) {
  return (
    <Loaded query={query}>
      {({ pages }) => (
        <Records
          {...records}
          items={ordered(
            pages.flatMap(({ items }) => items),
            order,
          )}
          more={query.hasNextPage ? () => void query.fetchNextPage() : undefined}
        />
      )}
    </Loaded>
  );
}

function ordered<T>(items: readonly T[], order: ((a: T, b: T) => number) | undefined): readonly T[] {
  return order === undefined ? items : [...items].sort(order);
}
