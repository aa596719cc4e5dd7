// SPDX-License-Identifier: Apache-2.0
// Postings of a party as they happen. A broken connection is taken up again by the browser; where the service refuses
// for a while, as a restart behind a proxy does, it is opened anew after a pause. Either way the service goes on after
// the last place that it told, so that no posting is missed and none comes twice.
import type { Posting } from '@rapport/server/wire/postings.ts';
import { useEffect, useState } from 'react';
import { addressOf, api } from './api.ts';
import { backToSignIn } from './session.ts';

interface Which {
  readonly workspace: string;
  readonly payee: string;
}

/** Milliseconds before a stream that was refused is asked for again: the pause doubles from the first to the last. */
const pauses = { first: 1000, last: 30_000 };

/** Calls `heard` for every posting from now on; says whether the service is being heard. */
export function usePostings({ workspace, payee }: Which, heard: (posting: Posting) => void): boolean {
  const [isLive, setLive] = useState(false);
  useEffect(() => {
    let source: EventSource | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let after: string | undefined;
    let pause = pauses.first;
    const open = () => {
      const path = '/api/v1/workspaces/:workspace/postings/stream';
      source = new EventSource(addressOf(path, { workspace }, { payee, after }));
      source.addEventListener('open', () => {
        pause = pauses.first;
        setLive(true);
      });
      source.addEventListener('error', () => {
        setLive(false);
        // Else the browser tries again by itself.
        if (source?.readyState !== EventSource.CLOSED) return;
        timer = setTimeout(again, pause);
        pause = Math.min(pause * 2, pauses.last);
      });
      source.addEventListener('place', ({ data }) => {
        after = `${data}`;
      });
      source.addEventListener('posting', ({ data, lastEventId }) => {
        after = lastEventId;
        heard(JSON.parse(data) as Posting);
      });
    };
    /** The refusal itself cannot be read; asking who is signed in tells whether the session is over. */
    const again = () => {
      api.readSession({}).catch(backToSignIn);
      open();
    };
    open();
    return () => {
      clearTimeout(timer);
      source?.close();
    };
  }, [workspace, payee, heard]);
  return isLive;
}
