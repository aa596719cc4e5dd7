// SPDX-License-Identifier: Apache-2.0
// Settlements, burn orders and pools: how clauses flow into one balance per payee, which points go first, who
// shares a wallet.
import type { BalanceRow, Settlement } from '../../program/clause.ts';
import type { BurnOrder } from '../../program/declaration.ts';
import type { Expr, StatementInDocument } from '../tree.ts';
import { linksTo, onlyLink } from './access.ts';
import { kebab } from './clause-names.ts';
import type { ClauseDraft } from './clauses.ts';
import { type Context, type Env, emptyEnv, find, findKind, type Of, reference, variable } from './context.ts';
import { checkExpression } from './expressions.ts';
import { mustFit } from './fit.ts';
import { nearestName, unknownName } from './lookup.ts';
import { fail, Stop } from './report.ts';
import { amountType, dateType, isDimensionless, periodType, typeText } from './types.ts';

/** The checked settlement. */
export function settlementOf(
  context: Context,
  tree: Of<'settles'>,
  clauses: readonly ClauseDraft[],
  section: string,
): Settlement {
  const from = tree.from.map((text): ClauseDraft => {
    const clause = clauses.find((candidate) => candidate.name === text.text);
    if (clause !== undefined) return clause;
    // The clause is there but has a mistake of its own, which is reported where it stands.
    if (context.clauseNames.has(text.text)) throw new Stop();
    const nearest = nearestName(text.text, context.clauseNames.keys()) ?? '';
    return fail(context.report, 'settle_unknown_clause', text.at, { name: text.text, nearest });
  });
  const [first] = from;
  if (first === undefined)
    fail(context.report, 'settle_unknown_clause', tree.name.at, { name: '', nearest: '' });
  for (const [index, clause] of from.entries()) {
    if (clause.asset !== first.asset) {
      fail(
        context.report,
        'units_differ',
        tree.from[index]?.at ?? tree.at,
        { found: clause.asset, expected: first.asset },
        [{ at: first.at, note: 'other_side' }],
      );
    }
  }
  const found = find(context, tree.payee.text);
  if (found === null) unknownName(context, tree.payee, 'party');
  const party = found.declaration.id;
  const payee = variable(context, party, { kind: 'party', of: party });
  const period = variable(context, tree.unit, periodType);
  context.usedPeriods.push(tree.at);
  const env: Env = {
    ...emptyEnv,
    bound: [payee],
    it: payee,
    payee,
    period: { expression: reference(period, tree.at), unit: tree.unit },
  };
  return {
    id: kebab(tree.name.text),
    name: tree.name.text,
    at: tree.at,
    section,
    payer: tree.payer.text,
    payee: { variable: payee, party },
    unit: tree.unit,
    period,
    asset: first.asset,
    from: from.map((clause) => clause.id),
    rows: tree.rows.map((row) => balanceRow(context, env, row, first.asset)),
  };
}

function balanceRow(
  context: Context,
  env: Env,
  row: Of<'settles'>['rows'][number],
  asset: string,
): BalanceRow {
  const { at } = row;
  const amount = (inner: Expr) => mustFit(context, checkExpression(context, env, inner), amountType(asset));
  const date = (inner: Expr | null) =>
    inner === null ? null : mustFit(context, checkExpression(context, env, inner), dateType);
  switch (row.kind) {
    case 'at least':
      return {
        kind: 'at least',
        at,
        amount: amount(row.amount),
        from: date(row.from),
        through: date(row.through),
      };
    case 'at most':
      return { kind: 'at most', at, amount: amount(row.amount), excess: row.excess };
    case 'forgiven':
    case 'paid ahead':
      return { kind: row.kind, at };
    case 'owed': {
      const share = checkExpression(context, env, row.share);
      if (!isDimensionless(share.type)) {
        fail(context.report, 'type_mismatch', share.at, {
          found: typeText(share.type),
          expected: 'a percent',
        });
      }
      return { kind: 'owed', at, share, from: date(row.from) };
    }
  }
}

/** Burn orders and pools, one per asset. */
export function burnsOf(context: Context, statements: readonly StatementInDocument[]): BurnOrder[] {
  const burns = new Map<string, BurnOrder>();
  for (const { statement } of statements) {
    if (statement.kind !== 'burn' && statement.kind !== 'pool') continue;
    context.section = context.sections.get(statement) ?? 0;
    const asset = findKind(context, statement.asset, 'asset');
    if (asset === null) unknownName(context, statement.asset, 'asset');
    const earlier = burns.get(asset.id);
    const base: BurnOrder = earlier ?? {
      asset: asset.id,
      order: ['expiry', 'issue'],
      pool: null,
      at: statement.at,
    };
    if (statement.kind === 'burn') {
      burns.set(asset.id, { ...base, order: statement.order, at: statement.at });
      continue;
    }
    const members = find(context, statement.members.text)?.declaration;
    const by = find(context, statement.by.text)?.declaration;
    if (members?.kind !== 'party') unknownName(context, statement.members, 'party');
    if (by?.kind !== 'party') unknownName(context, statement.by, 'party');
    const links = linksTo(context, { kind: 'party', of: members.id }, { kind: 'party', of: by.id });
    const link = onlyLink(context, links, { from: members.id, to: by.id, at: statement.by.at });
    burns.set(asset.id, { ...base, pool: { party: members.id, attribute: link.field.name } });
  }
  return [...burns.values()];
}
