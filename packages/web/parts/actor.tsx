// SPDX-License-Identifier: Apache-2.0
// Who did something, by name where the reader may know the members: a person, a key of another system, a job of the
// service itself.
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import { useMembership, useSession } from '../session.ts';

const words: Readonly<Record<string, string>> = {
  user: 'a member',
  key: 'another system',
  job: 'the service',
};

export function Actor({ of }: { readonly of: string }) {
  const { workspace, may } = useMembership();
  const session = useSession();
  const members = useQuery({
    queryKey: [workspace, 'members'],
    queryFn: ({ signal }) => api.listMembers({ params: { workspace } }, signal),
    enabled: may['members.read'] !== undefined,
  });
  const [kind = '', id = ''] = of.split(':');
  if (of === session.actor) return <bdi>{session.name ?? session.email ?? of}</bdi>;
  const member = members.data?.items.find((one) => one.member === id);
  if (kind === 'user' && member !== undefined) return <bdi>{member.name ?? member.email}</bdi>;
  if (kind === 'job') return `${words['job']} (${id})`;
  return words[kind] ?? of;
}
