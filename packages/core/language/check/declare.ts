// SPDX-License-Identifier: Apache-2.0
// First pass: every name of the document, declared once and only once, with its plural. Nothing is resolved yet, so
// declarations may stand in any order.
import type { Span } from '../../program/diagnostic.ts';
import type { DocumentTree, Name, Statement } from '../tree.ts';
import type { Context, Declaration } from './context.ts';
import { pluralOf, singularOf } from './plural.ts';
import { fail, guarded, note } from './report.ts';

/** Enters every declared name of the document. */
export function declareNames(context: Context, tree: DocumentTree): void {
  for (const { statement, section } of tree.statements) {
    context.section = section;
    guarded(() => declareStatement(context, statement));
  }
  for (const blank of tree.blanks) {
    const earlier = context.names.get(blank.name.text);
    // `[Northwind Inc. : Company]` names the party that `party Company` declares.
    if (earlier?.declaration.kind === 'party' && !earlier.isPlural) continue;
    enter(context, { kind: 'blank', tree: blank, id: blank.name.text, plural: null, at: blank.name.at });
  }
}

function declareStatement(context: Context, statement: Statement): void {
  switch (statement.kind) {
    case 'party':
      enter(context, party(statement.name, null, 'the party'));
      return;
    case 'parties':
      for (const { plural, singular } of statement.names) {
        const single = singular?.text ?? singularOf(plural.text);
        if (single === null) fail(context.report, 'plural_unknown', plural.at, { name: plural.text });
        enter(context, { ...party(plural, plural.text, statement.role), id: single });
      }
      return;
    case 'asset':
      enter(context, {
        kind: 'asset',
        decimals: statement.decimals,
        id: statement.name.text,
        plural: null,
        at: statement.name.at,
      });
      return;
    case 'has': {
      const { of } = statement;
      if (context.names.get(of.text)?.declaration.kind === 'party') return;
      enter(context, { kind: 'fact', tree: statement, fact: null, ...named(of, true) });
      return;
    }
    case 'derived':
      enter(context, { kind: 'derived', tree: statement, ...named(statement.name, true) });
      return;
    case 'value':
      enter(context, { kind: 'value', tree: statement, lazy: { state: 'todo' }, ...named(statement.name) });
      return;
    case 'table':
    case 'matrix':
      enter(context, { kind: 'table', tree: statement, lazy: { state: 'todo' }, ...named(statement.name) });
      return;
    case 'status':
      enter(context, { kind: 'status', tree: statement, ...named(statement.name) });
      statement.levels.forEach(({ name }, rank) => {
        enter(context, { kind: 'level', status: statement.name.text, rank, ...named(name) });
      });
      return;
    case 'decides':
      enter(context, { kind: 'decision', tree: statement, type: null, ...named(statement.name) });
      return;
    default:
      return;
  }
}

function named(name: Name, hasPlural = false): { id: string; plural: string | null; at: Span } {
  return { id: name.text, plural: hasPlural ? pluralOf(name.text) : null, at: name.at };
}

function party(
  name: Name,
  plural: string | null,
  role: 'the party' | 'parties' | 'things',
): Declaration & { kind: 'party' } {
  return { kind: 'party', role, fields: [], attributes: [], lasts: null, id: name.text, plural, at: name.at };
}

function enter(context: Context, declaration: Declaration): void {
  const earlier = context.names.get(declaration.id);
  if (earlier !== undefined) {
    const code = earlier.isPlural ? 'name_equals_plural' : 'name_declared_twice';
    note(context.report, code, declaration.at, { name: declaration.id, other: earlier.declaration.id }, [
      { at: earlier.declaration.at, note: 'declared_first' },
    ]);
    return;
  }
  context.names.set(declaration.id, { declaration, isPlural: false });
  if (declaration.plural === null || declaration.plural === declaration.id) return;
  const other = context.names.get(declaration.plural);
  if (other !== undefined) {
    note(
      context.report,
      'name_equals_plural',
      other.declaration.at,
      { name: declaration.plural, other: declaration.id },
      [{ at: declaration.at, note: 'declared_first' }],
    );
    return;
  }
  context.names.set(declaration.plural, { declaration, isPlural: true });
}
