// SPDX-License-Identifier: Apache-2.0
// A settlement (draw, guarantee, cap with a balance) as sentences, and the order in which points are used.
import type { BalanceRow, Settlement } from '../program/clause.ts';
import type { BurnOrder } from '../program/declaration.ts';
import { listed, sentence } from './english.ts';
import { readExpression, readFigure } from './reading-expression.ts';
import { declaredPlural, type Voice, withOwnNoun, withPeriod } from './voice.ts';

export function readSettlement(outer: Voice, settlement: Settlement): readonly string[] {
  const voice = withPeriod(withOwnNoun(outer, settlement.payee.variable), settlement.period, settlement.unit);
  const names = settlement.from.map((id) => {
    const clause = outer.program.clauses.find((one) => one.id === id);
    return `“${clause?.name ?? id}”`;
  });
  return [
    sentence(
      `for each ${settlement.unit}, the ${settlement.payer} settles with each ${settlement.payee.party} what falls due under ${listed(names)}, as “${settlement.name}”`,
    ),
    ...settlement.rows.map((row) => sentence(balanceWords(voice, settlement, row))),
    'What has been settled is never worked out again: a later difference falls into the period in which it becomes known.',
  ];
}

function balanceWords(voice: Voice, settlement: Settlement, row: BalanceRow): string {
  switch (row.kind) {
    case 'at least': {
      const from = row.from === null ? '' : `, from ${readFigure(voice, row.from)}`;
      const through =
        row.through === null ? '' : `${from === '' ? ',' : ''} through ${readFigure(voice, row.through)}`;
      return `the pay of ${settlement.unit === 'day' ? 'a day' : `a ${settlement.unit}`} is at least ${readExpression(voice, row.amount)}${from}${through}`;
    }
    case 'at most': {
      const excess =
        row.excess === 'lost'
          ? 'what is above is not paid'
          : 'what is above is carried into the periods that follow';
      return `it is at most ${readExpression(voice, row.amount)}; ${excess}`;
    }
    case 'forgiven':
      return 'what was paid to reach the minimum need not be paid back';
    case 'owed': {
      const from = row.from === null ? '' : `, from ${readFigure(voice, row.from)} on`;
      return `what was paid to reach the minimum is owed back; ${readFigure(voice, row.share)} of later pay above the minimum goes towards it${from}`;
    }
    case 'paid ahead':
      return 'the minimum is paid ahead, on the first day of the period';
  }
}

/** In which order points are used, and who shares them. */
export function readBurnOrder(voice: Voice, burn: BurnOrder): readonly string[] {
  const words = burn.order.map((order) =>
    order === 'expiry' ? 'those that expire first' : 'those issued first',
  );
  const order = `When ${burn.asset} are used, ${words.join(' go first, then ')}${burn.order.length === 1 ? ' go first' : ''}`;
  const pool =
    burn.pool === null
      ? []
      : [
          sentence(
            `${declaredPlural(voice.program, burn.pool.party)} of one ${burn.pool.attribute} share their ${burn.asset}`,
          ),
        ];
  return burn.order.length === 0 ? pool : [sentence(order), ...pool];
}
