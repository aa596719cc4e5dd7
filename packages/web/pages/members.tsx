// SPDX-License-Identifier: Apache-2.0
// Who belongs to the workspace and with which role, and the keys with which other systems call. A link that invites
// somebody and the secret of a key are shown once, here, and never again.
import { Button, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../api.ts';
import { ApiKeys } from '../parts/api-keys.tsx';
import { momentWords } from '../parts/dates.ts';
import styles from '../parts/form.module.css';
import { Loaded, Refused } from '../parts/loaded.tsx';
import { Page, Section } from '../parts/page.tsx';
import { PartySelect } from '../parts/party-select.tsx';
import { Records } from '../parts/records.tsx';
import { Secret } from '../parts/secret.tsx';
import { useMembership, useSession } from '../session.ts';

export function Members() {
  const { workspace, may } = useMembership();
  const mayChange = may['members.change'] !== undefined;
  const { email: own } = useSession();
  const queries = useQueryClient();
  const query = useQuery({
    queryKey: [workspace, 'members'],
    queryFn: ({ signal }) => api.listMembers({ params: { workspace } }, signal),
  });
  const onSuccess = () => queries.invalidateQueries({ queryKey: [workspace, 'members'] });
  const change = useMutation({
    mutationFn: ({ member, role }: { member: string; role: string }) =>
      api.changeMember({ params: { workspace, member }, body: { role } }),
    onSuccess,
  });
  const remove = useMutation({
    mutationFn: (member: string) => api.removeMember({ params: { workspace, member } }),
    onSuccess,
  });
  const error = change.error ?? remove.error;
  return (
    <Page
      title="Members and keys"
      lead="A role says what somebody may do; the service checks it at every call."
    >
      <Section title="Members">
        <Loaded query={query}>
          {({ items, invited, roles }) => (
            <>
              <Records
                label="Members"
                items={items}
                keyOf={({ member }) => member}
                columns={[
                  { title: 'Name', of: ({ name, email }) => name ?? email },
                  { title: 'E-mail', of: ({ email }) => email },
                  { title: 'Is', of: ({ partyName, party }) => partyName ?? party },
                  { title: 'Since', of: ({ since }) => momentWords(since) },
                  {
                    title: 'Role',
                    of: ({ member, role, email }) =>
                      !mayChange || email === own ? (
                        role
                      ) : (
                        <Select
                          size="xs"
                          w={150}
                          aria-label={`Role of ${email}`}
                          data={[...roles]}
                          value={role}
                          allowDeselect={false}
                          onChange={(next) => next !== null && change.mutate({ member, role: next })}
                        />
                      ),
                  },
                  ...(mayChange
                    ? [
                        {
                          title: 'Remove',
                          isTitleHidden: true,
                          of: ({ member, email }: { member: string; email: string }) =>
                            email !== own && (
                              <Button size="xs" variant="subtle" onClick={() => remove.mutate(member)}>
                                Remove<span className="visually-hidden"> {email}</span>
                              </Button>
                            ),
                        },
                      ]
                    : []),
                ]}
              />
              {invited.length > 0 && (
                <p>Invited: {invited.map(({ email, role }) => `${email} (${role})`).join(', ')}</p>
              )}
            </>
          )}
        </Loaded>
        {error && <Refused error={error} />}
        {mayChange && (
          <InviteMember workspace={workspace} roles={query.data?.roles ?? []} onSuccess={onSuccess} />
        )}
      </Section>
      {may['keys.read'] !== undefined && <ApiKeys workspace={workspace} />}
    </Page>
  );
}

function InviteMember({
  workspace,
  roles,
  onSuccess,
}: {
  readonly workspace: string;
  readonly roles: readonly string[];
  readonly onSuccess: () => Promise<void>;
}) {
  const [role, setRole] = useState('representative');
  const [party, setParty] = useState<string | null>(null);
  const add = useMutation({
    mutationFn: (email: string) => api.inviteMember({ params: { workspace }, body: { email, role, party } }),
    onSuccess,
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const element = event.currentTarget;
    const form = new FormData(element);
    add.mutate(`${form.get('email')}`, { onSuccess: () => element.reset() });
  };
  return (
    <form className={styles['line']} onSubmit={submit} aria-label="Invite a member">
      <TextInput name="email" type="email" label="E-mail" autoComplete="off" required />
      <Select
        label="Role"
        data={[...roles]}
        value={role}
        allowDeselect={false}
        onChange={(next) => setRole(next ?? role)}
      />
      <PartySelect workspace={workspace} label="Is the party" value={party} onChange={setParty} />
      <Button type="submit" variant="default" loading={add.isPending}>
        Invite
      </Button>
      {add.error && <Refused error={add.error} />}
      {add.data !== undefined && (
        <Secret
          words={`Hand this link to ${add.data.email}. It is good for one use within three days and shown only now.`}
          secret={add.data.link}
        />
      )}
    </form>
  );
}
