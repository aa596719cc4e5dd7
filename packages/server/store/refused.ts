// SPDX-License-Identifier: Apache-2.0
// Why the store does not open, as a value with its facts, and the sentence for each code with its remedy.

export type RefusedCode =
  | 'platform_without_database'
  | 'no_unprivileged_user'
  | 'folder_not_reachable'
  | 'folder_in_use'
  | 'other_database_version'
  | 'database_does_not_start'
  | 'database_unreachable'
  | 'database_too_old'
  | 'migrations_missing'
  | 'migrations_unknown'
  | 'backup_unreadable'
  | 'backup_of_other_version'
  | 'database_not_empty';

export interface Refused {
  readonly kind: 'refused';
  readonly code: RefusedCode;
  readonly facts: Readonly<Record<string, string>>;
}

export function refused(code: RefusedCode, facts: Readonly<Record<string, string>> = {}): Refused {
  return { kind: 'refused', code, facts };
}

const sentences: Readonly<Record<RefusedCode, string>> = {
  platform_without_database:
    'No database comes with Rapport for {platform}. Name a PostgreSQL 15 or newer by DATABASE_URL.',
  no_unprivileged_user:
    'PostgreSQL does not run as root, and this system has no other user. Make one, or set DATABASE_URL.',
  folder_not_reachable:
    'The user {user}, as whom the database runs, cannot enter {folder}. Set RAPPORT_DATA to a folder whose parents all may enter, such as {example}.',
  folder_in_use: 'Process {pid} is using {folder}. Stop it first, or set RAPPORT_DATA to another folder.',
  other_database_version:
    'The data in {folder} belongs to PostgreSQL {found}; this Rapport brings {expected}. Restore a backup into a new folder.',
  database_does_not_start: 'The database in {folder} does not start: {why}',
  database_unreachable: 'The database does not answer: {why}',
  database_too_old: 'The database is PostgreSQL {found}. Rapport needs 15 or newer.',
  migrations_missing: 'The database lacks the migrations {names}. Run `rapport-server migrate` first.',
  migrations_unknown:
    'The database has migrations that this Rapport does not know: {names}. It was used by a newer one; start that.',
  backup_unreadable: 'The backup cannot be read: {why}',
  backup_of_other_version:
    'The backup was made after migration {found}; this database is at {expected}. Restore with the Rapport that made it, then upgrade.',
  database_not_empty: 'The database is not empty: {table} has rows. Restore into a new one.',
};

export function refusedSentence({ code, facts }: Refused): string {
  return sentences[code].replace(/\{(\w+)\}/g, (_, name: string) => facts[name] ?? name);
}
