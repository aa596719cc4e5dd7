// SPDX-License-Identifier: Apache-2.0
// Sends the files of a feed and goes to the preview of what they would change. Nothing is recorded by this.
import { Button, Select } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { uploadFeed } from '../api.ts';
import { FileChoice } from './file-choice.tsx';
import styles from './form.module.css';
import { Refused } from './loaded.tsx';

interface UploadFormProps {
  readonly workspace: string;
  readonly feeds: readonly { readonly feed: string; readonly title: string }[];
}

export function UploadForm({ workspace, feeds }: UploadFormProps) {
  const [feed, setFeed] = useState(feeds[0]?.feed ?? '');
  const [files, setFiles] = useState<readonly File[]>([]);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const upload = useMutation({
    mutationFn: () => uploadFeed({ workspace, feed }, files),
    onSuccess: async ({ load }) => {
      await queries.invalidateQueries({ queryKey: [workspace, 'loads'] });
      await navigate({ to: '/$workspace/feeds/loads/$load', params: { workspace, load: `${load}` } });
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    upload.mutate();
  };
  return (
    <form className={styles['line']} onSubmit={submit} aria-label="Upload a file">
      <Select
        label="Feed"
        data={feeds.map((one) => ({ value: one.feed, label: one.title }))}
        value={feed}
        allowDeselect={false}
        onChange={(next) => setFeed(next ?? feed)}
      />
      <FileChoice words="Choose a CSV or JSON Lines file" chosen={files} onChange={setFiles} />
      <Button type="submit" disabled={files.length === 0} loading={upload.isPending}>
        Preview
      </Button>
      {upload.error && <Refused error={upload.error} />}
    </form>
  );
}
