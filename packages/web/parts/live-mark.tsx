// SPDX-License-Identifier: Apache-2.0
// Says whether what stands beside it changes by itself, as postings happen.
import styles from './live-mark.module.css';

export function LiveMark({ isLive }: { readonly isLive: boolean }) {
  return (
    <span className={styles['live']} data-live={isLive || undefined}>
      {isLive ? 'live' : 'connecting'}
    </span>
  );
}
