// SPDX-License-Identifier: Apache-2.0
// Every name that a document declares, with one line that says what it is: for completion and for hovering. Read from the
// statements and blanks as written, so that it works in text that does not compile.
import type { Span } from '../program/diagnostic.ts';
import { pluralOf, singularOf } from './check/plural.ts';
import { printExpr, printLiteral } from './print-expression.ts';
import type { BlankTree, FieldTree, Name, Statement, TypeTree } from './tree.ts';

export interface DeclaredName {
  readonly text: string;
  readonly sort:
    | 'party'
    | 'party kind'
    | 'thing'
    | 'asset'
    | 'kind'
    | 'set'
    | 'field'
    | 'value'
    | 'table'
    | 'status'
    | 'level'
    | 'decision'
    | 'blank'
    | 'clause';
  /** One line: its head as it is written. */
  readonly detail: string;
  /** What it is made of: fields, formula, rows or value; "" when its head says all. */
  readonly body: string;
  /** The kind or party that a field or value belongs to; "" for none. */
  readonly of: string;
  /** The word of a field's type: `date`, a currency, a name; "" otherwise. */
  readonly type: string;
  readonly at: Span;
}

type Given = Partial<Pick<DeclaredName, 'body' | 'of' | 'type'>>;

function declared(name: Name, sort: DeclaredName['sort'], detail: string, given: Given = {}): DeclaredName {
  return { text: name.text, sort, detail, body: '', of: '', type: '', at: name.at, ...given };
}

/** The names in document order; kinds, parties and things with their plurals, which have the sort "set". */
export function declaredNames(
  statements: readonly Statement[],
  blanks: readonly Pick<BlankTree, 'name' | 'text' | 'value'>[],
): readonly DeclaredName[] {
  const values = blanks.map(({ name, text, value }) => {
    const body = value === null ? text : printLiteral(value);
    return declared(name, 'blank', `blank with the value ${body === '' ? '…' : body}`, { body });
  });
  return [...values, ...statements.flatMap(namesOf)];
}

function withPlural(name: DeclaredName): readonly DeclaredName[] {
  return [name, { ...name, text: pluralOf(name.text), sort: 'set', of: name.text }];
}

function namesOf(statement: Statement): readonly DeclaredName[] {
  switch (statement.kind) {
    case 'party':
      return [declared(statement.name, 'party', 'party')];
    case 'parties':
      return statement.names.flatMap(({ plural, singular }) => {
        const sort = statement.role === 'parties' ? 'party kind' : 'thing';
        const one = singular?.text ?? singularOf(plural.text) ?? plural.text;
        return [
          declared({ text: one, at: plural.at }, sort, sort === 'thing' ? 'thing' : 'party'),
          declared(plural, 'set', `every ${one}`, { of: one }),
        ];
      });
    case 'asset':
      return [declared(statement.name, 'asset', `asset, ${statement.decimals} decimals`)];
    case 'attributes':
      return fieldsOf(statement.of, statement.fields, true);
    case 'has': {
      const fields = fieldsOf(statement.of, statement.fields, false);
      const body = fields.map(({ text, type }) => (type === '' ? text : `${text} (${type})`)).join(', ');
      return [...withPlural(declared(statement.of, 'kind', 'kind of fact', { body })), ...fields];
    }
    case 'derived': {
      const { rule } = statement;
      const detail =
        rule.kind === 'whose'
          ? `a ${statement.base.text} whose ${printExpr(rule.condition)}`
          : `the ${rule.kind} ${statement.base.text} of each ${rule.each.text}`;
      return withPlural(declared(statement.name, 'kind', detail));
    }
    case 'value': {
      const of = statement.of === null ? '' : ` of a ${statement.of.text}`;
      const period = statement.period === null ? '' : ` in a ${statement.period}`;
      const given = { body: printExpr(statement.body), of: statement.of?.text ?? '' };
      return [declared(statement.name, 'value', `value${of}${period}`, given)];
    }
    case 'table': {
      const body = statement.bands
        .map(({ band, result }) => {
          const bound = 'bound' in band && band.bound !== null ? ` ${printExpr(band.bound)}` : '';
          return `${band.kind}${bound}: ${printExpr(result)}`;
        })
        .join('\n');
      return [declared(statement.name, 'table', `table, ${statement.mode}`, { body })];
    }
    case 'matrix':
      return [declared(statement.name, 'table', 'table under a caption')];
    case 'status':
      return [
        declared(
          statement.name,
          'status',
          `status of a ${statement.of.text}, by ${printExpr(statement.measure)}`,
        ),
        ...statement.levels.map(({ name, from }) =>
          declared(
            name,
            'level',
            `level of ${statement.name.text}${from === null ? ', at first' : ` from ${printExpr(from)}`}`,
          ),
        ),
      ];
    case 'decides':
      return [
        declared(statement.name, 'decision', `decided by ${statement.decider.text} each ${statement.unit}`),
      ];
    case 'pays':
    case 'moves': {
      const body = printExpr(statement.amount);
      return [declared(statement.component, 'clause', `clause that ${statement.kind}`, { body })];
    }
    case 'settles':
      return [declared(statement.name, 'clause', `settlement with each ${statement.payee.text}`)];
    case 'burn':
    case 'pool':
    case 'policy':
    case 'example':
      return [];
  }
}

function fieldsOf(of: Name, fields: readonly FieldTree[], isDated: boolean): readonly DeclaredName[] {
  return fields.map(({ name, type }) => {
    const word = type === null ? '' : typeText(type);
    const detail = `${isDated ? 'dated attribute' : 'field'} of a ${of.text}${word === '' ? '' : ` (${word})`}`;
    return declared(name, 'field', detail, { of: of.text, type: word });
  });
}

/** A type as it stands in brackets after a field. */
export function typeText(type: TypeTree): string {
  switch (type.kind) {
    case 'word':
      return type.word;
    case 'currency':
      return type.code;
    case 'name':
      return type.name.text;
    case 'oneOf':
      return `one of ${type.options.map(({ text }) => `"${text}"`).join(', ')}`;
  }
}
