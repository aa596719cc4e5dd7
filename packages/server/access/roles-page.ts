// SPDX-License-Identifier: Apache-2.0
// docs/reference/roles.md, printed from the matrix: what stands there is what is enforced.

import { matrix, type Reach } from './matrix.ts';
import { permissionMeanings, permissions } from './permissions.ts';
import { type Role, roleMeanings, roles } from './roles.ts';

const marks: Readonly<Record<Reach, string>> = {
  all: 'yes',
  own: 'own',
  team: 'team',
  'within limits': 'limits',
};

const opening = `# Roles

Every member of a workspace and every API key has one role. This page is printed from the table that the service
enforces (\`packages/server/access/matrix.ts\`); a test compares the two, and another one asks every route in every role.

- **yes**: everything in the workspace. **own**: what belongs to the party that the caller is. **team**: that, and what
  belongs to the people who report to the caller. **limits**: for everybody, up to the caller's limit for each act.
- An empty cell is no. A caller without a permission is answered 403; a record that lies outside the reach of a
  permission, and a workspace of which one is not a member, are answered 404, as if they were not there.
- The scopes of an API key are permissions of this page. They narrow what its role may do and never add to it.
- Nobody can give a role that may do more than their own: only an owner makes another owner.
`;

/** The whole page, as it stands in docs/reference/roles.md. */
export function rolesPage(): string {
  return [
    opening,
    '## What each role is for\n',
    roleTable(),
    '\n## What each role may do\n',
    permissionTable(),
    '',
  ].join('\n');
}

function roleTable(): string {
  return table(
    ['role', 'is for'],
    roles.map((role) => [role, roleMeanings[role]]),
  );
}

function permissionTable(): string {
  const rows = permissions.map((name) => [
    `\`${name}\``,
    permissionMeanings[name].lets,
    ...roles.map((role: Role) => {
      const reach = matrix[role][name];
      return reach === null ? '' : marks[reach];
    }),
  ]);
  return table(['permission', 'allows', ...roles], rows);
}

/** A Markdown table with its columns aligned, as the formatter of the house leaves it. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((cells) => cells[column]!.length)));
  const rule = widths.map((width) => '-'.repeat(width));
  return [head, rule, ...rows]
    .map((cells) => `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`)
    .join('\n');
}
