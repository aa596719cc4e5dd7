// SPDX-License-Identifier: Apache-2.0
// Whether an amount shrinks by itself where a version covers only a part of a period: a rate of revenue does, since only
// the facts of the part are in it; a fixed bonus does not, whatever it depends on; a sum of both does in part.
import type { Expression } from '../../program/expression.ts';
import type { Program } from '../../program/program.ts';

export type Measured = 'measured' | 'fixed' | 'mixed';

export function measuredOf(e: Expression, program: Program): Measured {
  switch (e.kind) {
    case 'fold':
      return e.fold === 'sum' || e.fold === 'count' ? 'measured' : 'fixed';
    case 'entitlement':
    case 'rise':
      return 'measured';
    case 'arithmetic': {
      const [left, right] = [measuredOf(e.left, program), measuredOf(e.right, program)];
      if (e.operator === '+' || e.operator === '-') return either(left, right);
      if (e.operator === '/') return right === 'fixed' ? left : 'fixed';
      return left === 'fixed' ? right : left;
    }
    case 'lesser':
    case 'greater':
      return either(measuredOf(e.left, program), measuredOf(e.right, program));
    case 'cases': {
      const given = [...e.cases.map(({ then }) => then), ...(e.otherwise === null ? [] : [e.otherwise])];
      return given.map((one) => measuredOf(one, program)).reduce(either);
    }
    case 'table':
      return isRated(e.table, program) ? measuredOf(e.on, program) : 'fixed';
    case 'per':
      return measuredOf(e.of, program);
    case 'round':
    case 'ifNone':
      return measuredOf(e.of, program);
    case 'call': {
      const named = program.values.find(({ id }) => id === e.value);
      return named === undefined ? 'fixed' : measuredOf(named.body, program);
    }
    default:
      return 'fixed';
  }
}

/** A table that gives rates on what goes in, and not amounts for it. */
function isRated(id: string, program: Program): boolean {
  const table = program.tables.find((candidate) => candidate.id === id);
  return table?.kind === 'bands' && (table.mode === 'slice' || table.mode === 'whole');
}

function either(a: Measured, b: Measured): Measured {
  return a === b ? a : 'mixed';
}
