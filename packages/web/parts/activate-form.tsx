// SPDX-License-Identifier: Apache-2.0
// Puts a draft into force. The hash of the text that was read goes along, so that nobody activates another text than
// the one before their eyes.
import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { api } from '../api.ts';
import styles from './form.module.css';
import { Refused } from './loaded.tsx';

interface ActivateFormProps {
  readonly workspace: string;
  readonly agreement: string;
  readonly version: number;
  readonly hash: string;
}

export function ActivateForm({ workspace, agreement, version, hash }: ActivateFormProps) {
  const queries = useQueryClient();
  const activate = useMutation({
    mutationFn: (given: { from: string | null; reason?: string }) =>
      api.activateVersion({ params: { workspace, agreement, version }, body: { hash, ...given } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: [workspace] }),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const reason = `${form.get('reason')}`;
    activate.mutate({
      from: form.get('from') === '' ? null : `${form.get('from')}`,
      ...(reason === '' ? {} : { reason }),
    });
  };
  return (
    <form className={styles['line']} onSubmit={submit} aria-label={`Put version ${version} into force`}>
      <TextInput type="date" name="from" label="In force from" description="Empty: from the beginning" />
      <TextInput name="reason" label="Why" description="Recorded with your name" />
      <Button type="submit" loading={activate.isPending}>
        Put version {version} into force
      </Button>
      {activate.error && <Refused error={activate.error} />}
      {activate.data !== undefined && (
        <p role="status">
          Version {version} is in force. {activate.data.pickedUp} facts had waited for it.
        </p>
      )}
    </form>
  );
}
