// SPDX-License-Identifier: Apache-2.0
// Rows of clauses, settlements, statuses and examples in the normal form of the language.
import { printExpr, printLiteral, printRounding } from './print-expression.ts';
import type { BalanceTree, ChangeTree, Expr, RowTree, StepTree } from './tree.ts';

/** The text before and after an optional expression; "" without one. */
export function optional(before: string, expr: Expr | null): string {
  return expr === null ? '' : `${before}${printExpr(expr)}`;
}

export function printRow(row: RowTree): string {
  switch (row.kind) {
    case 'at most':
    case 'at least':
    case 'times':
      return `${row.kind} ${printExpr(row.of)}${optional(' when ', row.when)}`;
    case 'during':
      return `${optional('from ', row.from)}${optional(' through ', row.through)}`.trim();
    case 'released when':
      return `released when ${printExpr(row.condition)}`;
    case 'released in share':
      return `released in the share that ${printExpr(row.part)} bears to ${printExpr(row.whole)}`;
    case 'held back':
      return `held back ${printExpr(row.share)}${optional(' through ', row.through)}${optional(', released when ', row.until)}`;
    case 'vests':
      return `vests in ${printExpr(row.parts)} equal parts, one each ${printExpr(row.every)} after ${printExpr(row.from)}${optional(', the first after ', row.first)}`;
    case 'usable from':
    case 'usable through':
    case 'posted on':
      return `${row.kind} ${printExpr(row.date)}`;
    case 'usable while active':
      return `usable while there is a ${row.factKind.text} every ${printExpr(row.every)}`;
    case 'for every':
      return `for every ${printExpr(row.step)} of usable ${row.asset.text}, taken at once`;
    case 'taking':
      return `taking ${printExpr(row.amount)} from usable ${row.asset.text}, ${row.ifShort === 'refused' ? 'refused if short' : row.ifShort}`;
    case 'while it lasts':
      return `while it lasts${optional(', for at most ', row.atMost)}`;
    case 'on a return': {
      const back = row.givesBack ? ', and what was used is given back' : '';
      const mode =
        row.share === null ? row.mode : row.mode.replace('back', `back ${printExpr(row.share)} of`);
      return `on a return: ${mode}${back}`;
    }
    case 'on a shortage':
      return `on a shortage: ${row.mode === 'negative' ? 'the balance goes below zero' : `it is ${row.mode}`}`;
    case 'as it grows':
      return row.kind;
    case 'when ends':
      return `when the ${row.unit} ends`;
    case 'once':
      return `once, and ${row.reversible ? 'reversible' : 'kept'}`;
    case 'prorated':
      return `prorated by ${row.by}`;
    case 'rounded':
      return `rounded ${printRounding(row.rounding)}`;
    case 'late facts':
      return `late facts: ${row.sentence}`;
    case 'formerly':
      return `formerly "${row.name.text}"`;
  }
}

export function printBalance(row: BalanceTree): string {
  switch (row.kind) {
    case 'at least':
      return `at least ${printExpr(row.amount)}${optional(', from ', row.from)}${optional(' through ', row.through)}`;
    case 'at most':
      return `at most ${printExpr(row.amount)}, the excess is ${row.excess}`;
    case 'forgiven':
      return 'the shortfall is forgiven';
    case 'owed':
      return `the shortfall is owed, and recovered from ${printExpr(row.share)} of the pay above it${optional(', from ', row.from)}`;
    case 'paid ahead':
      return 'paid ahead on the first day';
  }
}

export function printChange(row: ChangeTree): string {
  switch (row.kind) {
    case 'rises at once':
      return `rises at once, ${row.counts} the ${row.factKind.text} that reaches it`;
    case 'rises at the end':
      return `rises at the end of a ${row.unit}`;
    case 'falls at once':
      return row.kind;
    case 'falls at the end':
      return `falls at the end of a ${row.unit}${row.oneStep ? ', one step at a time' : ''}${optional(', after ', row.after)}`;
    case 'keeps':
      return `keeps at least ${printExpr(row.length)}${row.anew ? ', counted anew at each rise' : ''}`;
  }
}

function recorded(on: string | null): string {
  return on === null ? '' : `, recorded ${on}`;
}

export function printStep(step: StepTree): string {
  const later = 'later' in step && step.later ? 'later ' : '';
  switch (step.kind) {
    case 'has': {
      const fields = step.fields.map(({ name, value }) => `${name.text} ${printLiteral(value)}`).join(', ');
      const from = step.from === null ? '' : ` from ${step.from}`;
      const through = step.through === null ? '' : ` through ${step.through}`;
      return `${later}${step.subject.text} "${step.id.text}" has ${fields}${from}${through}${recorded(step.recorded)}`;
    }
    case 'void':
      return `${later}${step.subject.text} "${step.id.text}" is void${recorded(step.recorded)}`;
    case 'decided': {
      const by = step.by === null ? '' : ` by "${step.by.text}"`;
      return `${later}decided ${step.decision.text} of "${step.of.text}" for ${step.span} ${printLiteral(step.value)}${by}`;
    }
    case 'opening': {
      const through = step.through === null ? '' : ` through ${step.through}`;
      return `opening "${step.component.text}" of "${step.of.text}" ${printLiteral(step.amount)} on ${step.on}${through}`;
    }
    case 'closed':
      return `${step.span} is closed`;
    case 'with':
      return `with ${step.blank.text} ${printLiteral(step.value)}`;
    case 'as of':
      return `as of ${step.day}`;
    case 'gives': {
      const span = step.span === '' ? '' : ` for ${step.span}`;
      const amounts = step.amounts.map(({ component, amount, now }) => {
        const change = now === null ? '' : `, now ${printLiteral(now)}`;
        return `"${component.text}" ${printLiteral(amount)}${change}`;
      });
      return `gives "${step.payee.text}"${span}: ${amounts.join(', ')}`;
    }
    case 'gives nothing else':
      return step.kind;
  }
}
