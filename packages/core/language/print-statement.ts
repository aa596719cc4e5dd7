// SPDX-License-Identifier: Apache-2.0
// A statement from its tree in the normal form of the language, one row a line. What is printed parses to the same tree;
// a table under a caption is printed as Markdown, everything else as it stands in a block.
import { typeText } from './declared-names.ts';
import { printExpr } from './print-expression.ts';
import { optional, printBalance, printChange, printRow, printStep } from './print-row.ts';
import type { BandTree, DueTree, FieldTree, KeyTree, PathTree, PayeeTree, Statement, Trait } from './tree.ts';

/** The statement in one or more lines, without a line end after the last. */
export function printStatement(statement: Statement): string {
  switch (statement.kind) {
    case 'party':
      return `party ${statement.name.text}`;
    case 'parties':
      return `${statement.role} ${statement.names.map(({ plural, singular }) => `${plural.text}${singular === null ? '' : ` (${singular.text})`}`).join(', ')}`;
    case 'asset':
      return `asset ${statement.name.text}, ${statement.decimals === 0 ? 'whole' : `with ${statement.decimals} decimals`}`;
    case 'attributes':
      return `each ${statement.of.text} has at any time ${statement.fields.map(printField).join(', ')}`;
    case 'has': {
      const traits = statement.traits.map((trait) => `; ${printTrait(trait)}`).join('');
      return `each ${statement.of.text} has ${statement.fields.map(printField).join(', ')}${traits}`;
    }
    case 'derived': {
      const { rule } = statement;
      const head = `a ${statement.name.text} is`;
      if (rule.kind === 'whose') return `${head} a ${statement.base.text} whose ${printExpr(rule.condition)}`;
      const unit = rule.unit === null ? '' : ` in each ${rule.unit}`;
      return `${head} the ${rule.kind} ${statement.base.text} of each ${rule.each.text}${unit}`;
    }
    case 'value':
      return printValue(statement);
    case 'table':
      return rows(
        `table ${statement.name.text}, ${statement.mode}:`,
        statement.bands.map(({ band, result, rising }) => {
          const rise =
            rising === null
              ? ''
              : `, rising ${printExpr(rising.by)} per ${rising.whole ? 'whole ' : ''}${printExpr(rising.per)}`;
          return `${printBand(band)}: ${printExpr(result)}${rise}`;
        }),
      );
    case 'matrix':
      return printMatrix(statement);
    case 'status':
      return rows(
        `status ${statement.name.text} of a ${statement.of.text}, by ${printExpr(statement.measure)}:`,
        [
          ...statement.levels.map(
            ({ name, from }) => `${name.text}${from === null ? ' at first' : optional(' from ', from)}`,
          ),
          ...statement.changes.map(printChange),
        ],
      );
    case 'pays': {
      const verb = statement.asset === null ? 'pays' : `issues ${statement.asset.text} to`;
      const head = `${statement.payer.text} ${verb} ${printPayee(statement.payee)}${printDue(statement.due)}`;
      return rows(`${head} "${statement.component.text}":`, [
        printExpr(statement.amount),
        ...statement.rows.map(printRow),
      ]);
    }
    case 'moves': {
      const head = `${statement.party.text} moves from "${statement.from.text}" to "${statement.to.text}" each ${statement.unit}`;
      return rows(`${head} "${statement.component.text}":`, [
        printExpr(statement.amount),
        ...statement.rows.map(printRow),
      ]);
    }
    case 'settles': {
      const from = statement.from.map(({ text }) => `"${text}"`).join(', ');
      const head = `${statement.payer.text} settles with each ${statement.payee.text} each ${statement.unit} "${statement.name.text}", from ${from}:`;
      return rows(head, statement.rows.map(printBalance));
    }
    case 'decides':
      return `the ${statement.decider.text} decides ${statement.name.text} of each ${statement.of.text} each ${statement.unit} (${typeText(statement.type)}) within ${printExpr(statement.within)} of its end, otherwise ${printExpr(statement.otherwise)}`;
    case 'burn':
      return `${statement.asset.text} are used in order of ${statement.order.join(', then ')}`;
    case 'pool':
      return `${statement.asset.text} of ${statement.members.text} of one ${statement.by.text} are pooled`;
    case 'policy':
      return `${statement.key}: ${statement.sentence}`;
    case 'example':
      return rows(`example "${statement.name.text}":`, statement.steps.map(printStep));
  }
}

function rows(head: string, lines: readonly string[]): string {
  return [head, ...lines.map((line) => `    ${line}`)].join('\n');
}

function printField({ one, name, type, mayStayOpen }: FieldTree): string {
  const bracket = type === null ? '' : ` (${typeText(type)}${mayStayOpen ? ', may stay open' : ''})`;
  return `${one ? 'one ' : ''}${name.text}${bracket}`;
}

function printPath({ field, ofIts }: PathTree): string {
  return `${field.text}${ofIts === null ? '' : ` of its ${ofIts.text}`}`;
}

function printTrait(trait: Trait): string {
  switch (trait.kind) {
    case 'counts on':
      return `counts on ${printPath(trait.path)}`;
    case 'lasts':
      return `lasts from ${trait.from.text} through ${trait.through.text}`;
    case 'order':
      return `in order of ${trait.paths.map(printPath).join(', then ')}`;
    case 'lowers':
      return `lowers ${trait.field.text} of its ${trait.link.text}${trait.by === null ? '' : ` by ${trait.by.text}`}`;
  }
}

function printValue(statement: Extract<Statement, { kind: 'value' }>): string {
  const of = statement.of === null ? '' : ` of a ${statement.of.text}`;
  const period = statement.period === null ? '' : ` in a ${statement.period}`;
  const head = `${statement.name.text}${of}${period} ${statement.plural ? 'are' : 'is'}`;
  const { body } = statement;
  if (!statement.firstThatApplies || body.kind !== 'cases') return `${head} ${printExpr(body)}`;
  const cases = body.cases.map(({ then, when }) => `${printExpr(then)} when ${printExpr(when)}`);
  const otherwise = body.otherwise === null ? [] : [`otherwise ${printExpr(body.otherwise)}`];
  return rows(`${head} the first that applies:`, [...cases, ...otherwise]);
}

function printBand(band: BandTree): string {
  return band.kind === 'otherwise' ? 'otherwise' : `${band.kind}${optional(' ', band.bound)}`;
}

function printKey(key: KeyTree): string {
  return key.kind === 'band' ? printBand(key.band) : printExpr(key.value);
}

function printMatrix({ name, rows: keys, columns, cells }: Extract<Statement, { kind: 'matrix' }>): string {
  const header = columns.length === 0 ? ['Result'] : columns.map(printKey);
  const body = keys.map((key, index) => line([printKey(key), ...(cells[index] ?? []).map(printExpr)]));
  const rule = line(['', ...header].map(() => '---'));
  return [`[table : ${name.text}]`, '', line(['', ...header]), rule, ...body].join('\n');
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function printPayee(payee: PayeeTree): string {
  switch (payee.kind) {
    case 'each':
      return `each ${payee.party.text}`;
    case 'of each':
      return `the ${payee.path.map(({ text }) => text).join(' of its ')} of each ${payee.fact.text}`;
    case 'for each':
      return `${payee.party.text} for each ${payee.fact.text}`;
  }
}

function printDue(due: DueTree | null): string {
  if (due === null) return '';
  if (due.kind === 'each') return ` each ${due.unit}`;
  return ` in its ${due.unit}${due.date === null ? '' : ` of ${due.date.text}`}`;
}
