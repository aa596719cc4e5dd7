// SPDX-License-Identifier: Apache-2.0
// The state of an amount, a statement, a period or a load, as one quiet word. What asks for attention has a colour, and
// the word says it as well.
import styles from './state.module.css';

type Tone = 'plain' | 'good' | 'waiting' | 'bad';

/** Words that are shown otherwise than they come, and their tone. */
const tones: Readonly<Record<string, Tone>> = {
  forecast: 'waiting',
  provisional: 'waiting',
  waiting: 'waiting',
  'waiting for approval': 'waiting',
  preview: 'waiting',
  draft: 'waiting',
  unknown: 'waiting',
  earned: 'plain',
  approved: 'good',
  paid: 'good',
  active: 'good',
  recorded: 'good',
  done: 'good',
  recomputed: 'good',
  'recomputed from attested values': 'good',
  attested: 'waiting',
  open: 'good',
  'to be closed': 'waiting',
  'to be approved': 'waiting',
  rejected: 'bad',
  failed: 'bad',
  refused: 'bad',
};

export function State({ of }: { readonly of: string }) {
  return (
    <span className={styles['state']} data-tone={tones[of] ?? 'plain'}>
      {of}
    </span>
  );
}
