// SPDX-License-Identifier: Apache-2.0
// Postings of a party as they happen. The service sends each as an event; a lost connection is taken up again by the
// browser, and the service goes on after the last event that arrived, so that none is missed and none comes twice.
import type { Posting } from '@rapport/server/wire/postings.ts';
import { useEffect, useState } from 'react';
import { addressOf } from './api.ts';

interface Which {
  readonly workspace: string;
  readonly payee: string;
}

/** Calls `heard` for every posting from now on; says whether the service is being heard. */
export function usePostings({ workspace, payee }: Which, heard: (posting: Posting) => void): boolean {
  const [isLive, setLive] = useState(false);
  useEffect(() => {
    const address = addressOf('/api/v1/workspaces/:workspace/postings/stream', { workspace }, { payee });
    const source = new EventSource(address);
    source.addEventListener('open', () => setLive(true));
    source.addEventListener('error', () => setLive(false));
    source.addEventListener('posting', (event) => heard(JSON.parse(event.data) as Posting));
    return () => source.close();
  }, [workspace, payee, heard]);
  return isLive;
}
