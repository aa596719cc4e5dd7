// SPDX-License-Identifier: Apache-2.0
// How far work is that takes longer: asked again every second until it has ended.
import { Progress } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api } from '../api.ts';
import { Loaded } from './loaded.tsx';

interface JobProgressProps {
  readonly workspace: string;
  readonly job: number;
  /** Called once, when it has ended well. */
  readonly done?: () => void;
}

export function JobProgress({ workspace, job, done }: JobProgressProps) {
  const queries = useQueryClient();
  const query = useQuery({
    queryKey: ['job', workspace, job],
    queryFn: ({ signal }) => api.readJob({ params: { workspace, job } }, signal),
    refetchInterval: ({ state }) => (isOver(state.data?.state) ? false : 1000),
  });
  const state = query.data?.state;
  useEffect(() => {
    if (!isOver(state)) return;
    queries.invalidateQueries({ queryKey: [workspace] }).catch(() => undefined);
    if (state === 'done') done?.();
  }, [state, queries, workspace, done]);
  return (
    <Loaded query={query}>
      {({ what, done: finished, total, state: now }) => (
        <div role="status">
          <p>
            {now === 'failed'
              ? `It failed: ${what}.`
              : `${what}: ${finished}${total === null ? '' : ` of ${total}`}`}
          </p>
          {total !== null && total > 0 && (
            <Progress value={(100 * finished) / total} aria-label={`Progress: ${what}`} />
          )}
        </div>
      )}
    </Loaded>
  );
}

function isOver(state: string | undefined): boolean {
  return state === 'done' || state === 'failed';
}
