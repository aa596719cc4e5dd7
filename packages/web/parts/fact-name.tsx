// SPDX-License-Identifier: Apache-2.0
// The name of a fact: "Deal D-17". Whoever may read facts can follow it to its revisions and what each caused; for
// others it stays words.
import type { FactName as Named } from '@rapport/server/wire/values.ts';
import { Link } from '@tanstack/react-router';
import { useMembership } from '../session.ts';
import styles from './fact-name.module.css';

export function FactName({ fact, words }: { readonly fact: Named; readonly words?: string }) {
  const { workspace, may } = useMembership();
  const { kind, id } = fact;
  // A name by itself stays in one line.
  const name = words ?? <span className={styles['name']}>{`${kind} ${id}`}</span>;
  if (may['facts.read'] === undefined) return <span>{name}</span>;
  return (
    <Link to="/$workspace/facts/$kind/$id" params={{ workspace, kind, id }}>
      {name}
    </Link>
  );
}
