// SPDX-License-Identifier: Apache-2.0
// What is held about a person, to take away as a file, and erasing it: what goes, what stays, and what the law wants
// kept first. Erasing wants the name typed, since nothing brings it back; one that waits for its day can be taken back.
import { Button, TextInput } from '@mantine/core';
import type { Erasure } from '@rapport/server/wire/oversight.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { addressOf, api, exportAddress } from '../api.ts';
import { useMembership } from '../session.ts';
import { dayWords, momentWords } from './dates.ts';
import { Loaded, Refused } from './loaded.tsx';
import { Section } from './page.tsx';
import styles from './personal-data.module.css';

interface PersonalDataProps {
  readonly workspace: string;
  readonly party: string;
  /** As the page calls the person: what has to be typed. */
  readonly name: string;
}

export function PersonalData({ workspace, party, name }: PersonalDataProps) {
  const { may } = useMembership();
  const mayExport = may['persons.export'] !== undefined;
  const mayErase = may['persons.erase'] !== undefined;
  if (!mayExport && !mayErase) return null;
  return (
    <Section title="Personal data" note="Names are kept apart from what is computed, sealed for each person.">
      {mayExport && (
        <p>
          <a href={addressOf(exportAddress, { workspace, party })} download>
            Download all that is held
          </a>{' '}
          as one file: the name, every record that names this party, statements and balances. Downloading it
          is noted in the trail.
        </p>
      )}
      {mayErase && <Erasing workspace={workspace} party={party} name={name} />}
    </Section>
  );
}

function Erasing({ workspace, party, name }: PersonalDataProps) {
  const [isAsking, setAsking] = useState(false);
  const queries = useQueryClient();
  const params = { workspace, party };
  const query = useQuery({
    queryKey: [workspace, 'erasure', party],
    queryFn: ({ signal }) => api.readErasure({ params }, signal),
  });
  const withdraw = useMutation({
    mutationFn: () => api.withdrawErasure({ params }),
    onMutate: () => setAsking(false),
    onSuccess: () => queries.invalidateQueries({ queryKey: [workspace] }),
  });
  return (
    <Loaded query={query}>
      {(erasure) => {
        const { erasedAt, dueOn } = erasure;
        if (erasedAt !== null)
          return (
            <p role="status" className={styles['state']}>
              Erased on {momentWords(erasedAt)}. Nothing readable of this person is left. What was earned and
              stated stands under a random number.
            </p>
          );
        if (dueOn !== null)
          return (
            <div className={styles['state']}>
              <p role="status">
                The erasure waits until {dayWords(dueOn)}, and then happens by itself. Until then must be
                kept:
              </p>
              <KeptList kept={erasure.kept} />
              {withdraw.error && <Refused error={withdraw.error} />}
              <Button variant="default" loading={withdraw.isPending} onClick={() => withdraw.mutate()}>
                Take the erasure back
              </Button>
            </div>
          );
        if (!isAsking)
          return (
            <div>
              <Button variant="default" onClick={() => setAsking(true)}>
                Erase this person…
              </Button>
            </div>
          );
        return (
          <EraseForm
            workspace={workspace}
            party={party}
            name={name}
            erasure={erasure}
            onLeave={() => setAsking(false)}
          />
        );
      }}
    </Loaded>
  );
}

interface EraseFormProps extends PersonalDataProps {
  readonly erasure: Erasure;
  readonly onLeave: () => void;
}

function EraseForm({ workspace, party, name, erasure: { kept, accounts }, onLeave }: EraseFormProps) {
  const [typed, setTyped] = useState('');
  const queries = useQueryClient();
  const erase = useMutation({
    mutationFn: (reason: string) =>
      api.erasePerson({ params: { workspace, party }, body: { reason, confirm: party } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: [workspace] }),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    erase.mutate(`${new FormData(event.currentTarget).get('reason')}`);
  };
  const dueOn = kept
    .map(({ until }) => until)
    .sort()
    .at(-1);
  return (
    <form className={styles['erase']} onSubmit={submit} aria-label="Erase this person">
      <dl>
        <dt>What goes</dt>
        <dd>
          The name, what other systems call them, personal fields of their facts, facts that still wait and
          uploaded files that name them
          {accounts > 0 && `, ${accounts === 1 ? 'the account' : `${accounts} accounts`} and its sign-ins`}.
          Nothing brings it back, not even a backup.
        </dd>
        <dt>What stays</dt>
        <dd>Sums, statements and proofs, under a random number that says nothing about anybody.</dd>
        <dt>What must be kept first</dt>
        <dd>{kept.length === 0 ? 'Nothing: it happens at once.' : <KeptList kept={kept} />}</dd>
      </dl>
      <TextInput name="reason" label="Why" description="Kept with your name in the trail" required />
      <TextInput
        label={`Type “${name}” to confirm`}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        autoComplete="off"
        spellCheck={false}
        required
      />
      {erase.error && <Refused error={erase.error} />}
      <div className={styles['buttons']}>
        <Button type="submit" color="brick" disabled={!isSame(typed, name)} loading={erase.isPending}>
          {dueOn === undefined ? 'Erase for good' : `Erase on ${dayWords(dueOn)}`}
        </Button>
        <Button variant="subtle" onClick={onLeave}>
          Leave it
        </Button>
      </div>
    </form>
  );
}

function KeptList({ kept }: { readonly kept: Erasure['kept'] }) {
  return (
    <ul className={styles['kept']}>
      {kept.map(({ what, until, why }) => (
        <li key={`${why} ${what}`}>
          {what}, until {dayWords(until)} ({why})
        </li>
      ))}
    </ul>
  );
}

/** Whoever types the name need not know how its accents are encoded, nor how many spaces it has. */
function isSame(typed: string, name: string): boolean {
  const plain = (text: string) => text.normalize('NFC').replaceAll(/\s+/g, ' ').trim();
  return plain(typed) === plain(name);
}
