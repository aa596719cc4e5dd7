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
}

export function LoadedList<T>({ query, ...records }: LoadedListProps<T>) {
  return (
    <Loaded query={query}>
      {({ pages }) => (
        <Records
          {...records}
          items={pages.flatMap(({ items }) => items)}
          more={query.hasNextPage ? () => void query.fetchNextPage() : undefined}
        />
      )}
    </Loaded>
  );
}
