// SPDX-License-Identifier: Apache-2.0
// A secret that is shown once: what it is for, and the text to copy.
import styles from './form.module.css';

export function Secret({ words, secret }: { readonly words: string; readonly secret: string }) {
  return (
    <div className={styles['secret']} role="status">
      <p>{words}</p>
      <code>{secret}</code>
    </div>
  );
}
