// SPDX-License-Identifier: Apache-2.0
// The compiled engine: the same entitlements as the reference evaluator, bit for bit, over columns and in bulk. Clauses
// that have a plan are folded stage by stage; the rest, and keys that leave the fast path, go to the reference.

import type { Entitlement, Evaluation } from '../../program/entitlement.ts';
import { type FactStore, storeBuilder } from '../../program/fact-store.ts';
import type { Version } from '../../program/program.ts';
import type { Day } from '../../values/date.ts';
import { referenceForKeys, referenceRest } from './by-reference.ts';
import { type FoldSink, StageFold, type TotalBlock } from './fold.ts';
import { groupsOf } from './groups.ts';
import { type OpenEngine, openEngine } from './incremental.ts';
import { KeptRelations } from './kept-relations.ts';
import type { Planning } from './key-scope.ts';
import type { ClausePlace, ClausePlan, Stage } from './plan.ts';
import { type Plans, planOf } from './planner.ts';
import { foldPrepared, type PreparedStage, preparedStage } from './prepared.ts';
import { forEachRun, runRoom } from './runs.ts';
import { everything, type Share } from './selection.ts';
import { ClauseTotals } from './totals.ts';

/** Is told totals with their lines as they are folded; the columns are used again afterwards. */
export type LineVisitor = (plan: ClausePlan, block: TotalBlock) => void;

export interface EvaluationOptions {
  /** Keep the lines of each total (true), or have them visited and forgotten. None by default. */
  readonly lines?: boolean | LineVisitor;
  /** Only the keys of a share: one of several threads. */
  readonly share?: Share;
}

/** The compiled part of an evaluation in columns, and the whole of it as entitlements. */
export interface BulkEvaluation {
  readonly totals: readonly ClauseTotals[];
  /** As the reference gives them; without lines where none were kept. */
  evaluation(): Evaluation;
}

export interface Engine {
  /** Where each clause runs, and why. */
  readonly plan: readonly ClausePlace[];
  evaluate(store: FactStore, asOf: Day, options?: EvaluationOptions): BulkEvaluation;
  /** Brings the facts into order once, so that terms can be changed and folded again. */
  prepare(store: FactStore, asOf: Day): Prepared;
  /** Keeps totals up to date entry by entry. */
  open(store: FactStore, asOf: Day): OpenEngine;
}

/** Facts in order, ready to be folded under any terms that look at the same sets of facts. */
export interface Prepared {
  /** The totals under other blanks of the same agreement. */
  withTerms(versions: readonly Version[], options?: EvaluationOptions): BulkEvaluation;
}

/** The engine for the signed versions of an agreement. */
export function compileEngine(versions: readonly Version[]): Engine {
  const plan = versions.flatMap((version, index) =>
    index === versions.length - 1 ? plansFor(versions, storeBuilder(version.program), 0).places : [],
  );
  const room = runRoom();
  const relations = new KeptRelations();
  return {
    plan,
    evaluate: (store, asOf, options = {}) => {
      const plans = plansFor(versions, store, asOf, relations.of(store));
      return folded(versions, plans, store, asOf, options, (folds, sink, note) => {
        for (const group of groupsOf([...folds.keys()])) {
          forEachRun(group, options.share ?? everything, room, {
            run: (stage, run, start, end) => folds.get(stage)!.foldOnce(run, start, end, sink),
            irregular: note,
          });
        }
      });
    },
    prepare: (store, asOf) => prepared(store, asOf),
    open: (store, asOf) => openEngine(versions, (day) => plansFor(versions, store, day), store, asOf),
  };
}

/** The plans for a store: of the newest version, and only where it is the one in force for ever. */
function plansFor(
  versions: readonly Version[],
  store: FactStore,
  asOf: Day,
  relations: Planning['relations'] = new Map(),
): Plans {
  const [only] = versions;
  const newest = versions.at(-1);
  if (only === undefined || newest === undefined) return noPlans;
  const isAlone = versions.length === 1 && only.from === null && only.to === null;
  const { program } = newest;
  return planOf(
    {
      program,
      store,
      asOf,
      stages: new Map(),
      relations,
      today: { isRead: false },
      chain: { isFollowed: false },
    },
    isAlone,
  );
}

const noPlans: Plans = {
  stages: [],
  clauses: [],
  places: [],
  relations: new Map(),
  readsToday: false,
  followsChain: false,
};

function folded(
  versions: readonly Version[],
  plans: Plans,
  store: FactStore,
  asOf: Day,
  options: EvaluationOptions,
  run: (
    folds: ReadonlyMap<Stage, StageFold>,
    sink: FoldSink,
    note: (stage: Stage, irregular: ReadonlySet<number>) => void,
  ) => void,
): BulkEvaluation {
  const { lines } = options;
  const totals = new Map(plans.clauses.map((plan) => [plan, new ClauseTotals(plan)]));
  const clausesOf = (stage: Stage) => plans.clauses.filter((plan) => plan.stage === stage);
  const folds = new Map<Stage, StageFold>();
  for (const stage of plans.stages) {
    const own = clausesOf(stage);
    if (own.length > 0) folds.set(stage, new StageFold(stage, own, lines !== undefined && lines !== false));
  }
  run(folds, sinkFor(totals, lines), (stage, irregular) => {
    for (const plan of clausesOf(stage)) for (const key of irregular) totals.get(plan)!.failed.add(key);
  });
  const all = [...totals.values()];
  return { totals: all, evaluation: () => evaluationOf(versions, all, store, asOf) };
}

function sinkFor(totals: ReadonlyMap<ClausePlan, ClauseTotals>, lines: EvaluationOptions['lines']): FoldSink {
  const visit = typeof lines === 'function' ? lines : null;
  return {
    entitled: (plan, block) => {
      if (visit !== null) visit(plan, block);
      totals.get(plan)!.push(block, lines === true);
    },
    failed: (plan) => totals.get(plan)!.failed,
  };
}

/** Compiled totals and what the reference gives, in the order of the reference. */
function evaluationOf(
  versions: readonly Version[],
  totals: readonly ClauseTotals[],
  store: FactStore,
  asOf: Day,
): Evaluation {
  const compiled = new Map<string, Entitlement[]>();
  for (const clause of totals) {
    const { plan, failed } = clause;
    if (failed.size > 0 && !plan.isSeparable) continue;
    const own = clause.entitlements();
    if (failed.size > 0) {
      own.push(...referenceForKeys(versions, plan, failed, store, asOf));
      own.sort((a, b) => (a.payee < b.payee ? -1 : a.payee > b.payee ? 1 : 0));
    }
    compiled.set(plan.clause.id, own);
  }
  const { entitlements: rest, promises } = referenceRest(versions, new Set(compiled.keys()), store, asOf);
  const byClause = new Map<string, Entitlement[]>(compiled);
  const others: Entitlement[] = [];
  const known = new Set(versions.flatMap(({ program }) => program.clauses.map(({ id }) => id)));
  for (const entitlement of rest) {
    if (!known.has(entitlement.clause)) others.push(entitlement);
    else if (byClause.has(entitlement.clause)) byClause.get(entitlement.clause)!.push(entitlement);
    else byClause.set(entitlement.clause, [entitlement]);
  }
  return {
    entitlements: [...[...orderOfClauses(versions)].flatMap((id) => byClause.get(id) ?? []), ...others],
    ...(promises === undefined ? {} : { promises }),
  };
}

/** Clause ids in the order of the newest version, then those that only earlier ones have. */
function orderOfClauses(versions: readonly Version[]): Set<string> {
  return new Set(versions.toReversed().flatMap(({ program }) => program.clauses.map(({ id }) => id)));
}

function prepared(store: FactStore, asOf: Day): Prepared {
  const kept = new Map<string, PreparedStage>();
  const relations: Planning['relations'] = new Map();
  return {
    withTerms: (versions, options = {}) => {
      const plans = plansFor(versions, store, asOf, relations);
      return folded(versions, plans, store, asOf, options, (folds, sink, note) => {
        const share = options.share ?? everything;
        for (const [stage, fold] of folds) {
          const name = orderedName(stage, share);
          const found = kept.get(name) ?? preparedStage(stage, share);
          kept.set(name, found);
          note(stage, found.irregular);
          foldPrepared(stage, found, fold, sink);
        }
      });
    },
  };
}

/** Equal for stages that take the same rows into the same columns; the terms that choose rows are part of it. */
function orderedName(stage: Stage, share: Share): string {
  const { program } = stage.scope;
  const sets = stage.sets.map(({ name }) => name);
  const measures = stage.measures.map(({ name, set, terms }) => (terms === '' ? name : `${set}`));
  const links = stage.links.map(({ path }) => path);
  const chosen = asText(program.derivedKinds) + asText(sets);
  const terms = /"(blank|call)"/.test(chosen) ? asText([program.blanks, program.values, program.tables]) : '';
  return [stage.name, share.part, share.of, measures.join(), links.join(), chosen, terms].join('\n');
}

function asText(node: unknown): string {
  return JSON.stringify(node, (key, value) =>
    key === 'at' || key === 'type' ? undefined : typeof value === 'bigint' ? `${value}` : value,
  );
}
