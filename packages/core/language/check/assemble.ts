// SPDX-License-Identifier: Apache-2.0
// Every statement of the document in turn, each by its own checker, gathered into one program.
import type { Clause } from '../../program/clause.ts';
import type {
  Blank,
  Decision,
  DerivedKind,
  FactKind,
  NamedValue,
  PartyKind,
  Status,
  Table,
} from '../../program/declaration.ts';
import type { Program } from '../../program/program.ts';
import type { DocumentTree, Statement } from '../tree.ts';
import { linksTo } from './access.ts';
import { blankOf } from './blank-types.ts';
import { type ClauseDraft, clauseOf } from './clauses.ts';
import type { Context, Declared, findKind } from './context.ts';
import { decisionOf } from './decisions.ts';
import { exampleOf } from './examples.ts';
import { foreignReads } from './foreign-reads.ts';
import { derivedKind } from './kinds.ts';
import type { Stated } from './policies.ts';
import { postsOf } from './posting.ts';
import { indexOf } from './program-index.ts';
import { guarded } from './report.ts';
import { burnsOf, settlementOf } from './settlements.ts';
import { checkStatus } from './statuses.ts';
import { tableOf } from './tables.ts';
import { namedValue } from './values.ts';

/** The program of what could be checked; whole only when nothing failed. */
export function assembled(context: Context, tree: DocumentTree, stated: Stated): Program {
  const sectionOf = (index: number) => tree.sections[index]?.heading ?? '';
  const each = <T>(make: (statement: Statement, section: string) => T | null): T[] => {
    const made: T[] = [];
    for (const { statement, section } of tree.statements) {
      context.section = section;
      const one = guarded(() => make(statement, sectionOf(section)));
      if (one !== null) made.push(one);
    }
    return made;
  };
  const declared = <K extends Parameters<typeof findKind>[2], T>(
    kind: K,
    make: (declaration: Declared<K>) => T,
  ): T[] =>
    [...context.names.values()].flatMap(({ declaration, isPlural }) => {
      if (isPlural || declaration.kind !== kind) return [];
      const statement = 'tree' in declaration && declaration.kind !== 'blank' ? declaration.tree : null;
      context.section = (statement === null ? undefined : context.sections.get(statement)) ?? 0;
      const one = guarded(() => make(declaration as Declared<K>));
      return one === null ? [] : [one];
    });

  const derivedKinds = declared<'derived', DerivedKind>('derived', (one) => derivedKind(context, one));
  for (const one of derivedKinds) context.derivedKinds.set(one.id, one);
  const statuses = declared<'status', Status>('status', (one) => checkStatus(context, one));
  const decisions = declared<'decision', Decision>('decision', (one) => decisionOf(context, one));
  const tables = declared<'table', Table>('table', (one) => tableOf(context, one, one.at));
  const values = declared<'value', NamedValue>('value', (one) => namedValue(context, one, one.at));
  const drafts = each<ClauseDraft>((statement, section) =>
    statement.kind === 'pays' || statement.kind === 'moves' ? clauseOf(context, statement, section) : null,
  );
  const settlements = each((statement, section) =>
    statement.kind === 'settles' ? settlementOf(context, statement, drafts, section) : null,
  );
  const burns = guarded(() => burnsOf(context, tree.statements)) ?? [];
  const components = { clauses: drafts, settlements };
  const examples = each((statement) =>
    statement.kind === 'example' ? exampleOf(context, statement, components) : null,
  );
  const blanks = tree.blanks.flatMap((blank) => {
    const made = guarded<Blank>(() => blankOf(context, blank, sectionOf(blank.section)));
    return made === null ? [] : [made];
  });
  const index = indexOf({ values, tables, derivedKinds, blanks });
  return {
    title: tree.title,
    semantics: stated.semantics,
    blanks,
    assets: declared('asset', ({ id, at, decimals }) => ({ id, at, decimals })),
    parties: declared<'party', PartyKind>('party', (one) => partyKind(context, one)),
    factKinds: declared<'fact', FactKind | null>('fact', (one) => one.fact).filter((fact) => fact !== null),
    derivedKinds,
    values,
    tables,
    statuses,
    decisions,
    clauses: drafts.map(
      (draft): Clause => ({
        ...draft,
        posts: postsOf(draft, index),
        foreignReads: foreignReads(draft, index),
      }),
    ),
    settlements,
    burns,
    policies: stated.policies,
    examples,
  };
}

function partyKind(
  context: Context,
  { id, at, role, plural, fields, attributes, lasts }: Declared<'party'>,
): PartyKind {
  const self = { kind: 'party', of: id } as const;
  const parents = linksTo(context, self, self);
  const parent = parents.length === 1 ? (parents[0]?.field.name ?? null) : null;
  return { id, at, role, plural: plural ?? id, fields, attributes, lasts, parent };
}
