// SPDX-License-Identifier: Apache-2.0
// Which feeds something waits for, and since which day facts may be missing.
import type { AwaitedFeed } from '@rapport/server/wire/standing.ts';
import { dayWords } from './dates.ts';

/** "Waits for Deals of the CRM: complete through 15 Mar 2026"; nothing where nothing is awaited. */
export function AwaitedFeeds({ feeds }: { readonly feeds: readonly AwaitedFeed[] }) {
  if (feeds.length === 0) return null;
  return <>Waits for {feeds.map(awaitedWords).join('; ')}</>;
}

function awaitedWords({ title, completeThrough, since }: AwaitedFeed): string {
  return completeThrough === null || since === null
    ? `${title}, which has said of no day that everything is there`
    : `${title}, complete through ${dayWords(completeThrough)}: facts from ${dayWords(since)} on may be missing`;
}
