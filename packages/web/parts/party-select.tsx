// SPDX-License-Identifier: Apache-2.0
// Chooses a party by its name: the service searches while one types.
import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api.ts';

interface PartySelectProps {
  readonly workspace: string;
  readonly value: string | null;
  readonly onChange: (party: string | null) => void;
  readonly label?: string;
  readonly kind?: string;
}

export function PartySelect({ workspace, value, onChange, label, kind }: PartySelectProps) {
  const [text, setText] = useState('');
  const [asked] = useDebouncedValue(text.trim(), 200);
  const found = useQuery({
    queryKey: [workspace, 'parties', 'choice', kind ?? '', asked],
    queryFn: ({ signal }) =>
      api.listParties(
        { params: { workspace }, query: { limit: 50, kind, text: asked === '' ? undefined : asked } },
        signal,
      ),
    placeholderData: (before) => before,
  });
  const chosen = useQuery({
    queryKey: [workspace, 'party', value],
    queryFn: ({ signal }) => api.readParty({ params: { workspace, party: value ?? '' } }, signal),
    enabled: value !== null,
  });
  const options = [...(found.data?.items ?? [])];
  if (chosen.data !== undefined && !options.some(({ party }) => party === chosen.data.party))
    options.unshift(chosen.data);
  return (
    <Select
      {...(label === undefined ? { 'aria-label': 'Party' } : { label })}
      placeholder="Whose?"
      searchable
      w={240}
      data={options.map(({ party, name, references }) => ({
        value: party,
        label: name ?? references[0]?.reference ?? party,
      }))}
      filter={({ options: all }) => all}
      value={value}
      onChange={onChange}
      onSearchChange={(next) => setText(options.some(({ name }) => name === next) ? '' : next)}
      nothingFoundMessage={found.isPending ? 'Searching …' : 'Nobody of that name'}
    />
  );
}
