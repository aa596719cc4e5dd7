// SPDX-License-Identifier: Apache-2.0
// The facts of a stage, brought into order, cut and summed once, to be folded again and again under other terms. What
// the terms change, measures that a table or a rate goes into, is computed anew each time; the rest is kept.

import { Cut, type FoldSink, type StageFold } from './fold.ts';
import { groupOf } from './groups.ts';
import type { Stage } from './plan.ts';
import { copyOf } from './run.ts';
import { forEachRun, runRoom } from './runs.ts';
import type { Share } from './selection.ts';

export interface PreparedStage {
  readonly cuts: readonly Cut[];
  readonly irregular: ReadonlySet<number>;
  /** By measure: the text of its formula with the terms that stand in it; empty where no terms do. */
  measures: readonly string[];
}

/** The rows of a stage, in order. */
export function preparedStage(stage: Stage, share: Share): PreparedStage {
  const cuts: Cut[] = [];
  let irregular: ReadonlySet<number> = new Set();
  forEachRun(groupOf(stage, []), share, runRoom(), {
    run: (_, run, start, end) => {
      cuts.push(new Cut(copyOf(run, start, end), 0, end - start));
    },
    irregular: (_, keys) => {
      irregular = keys;
    },
  });
  return { cuts, irregular, measures: stage.measures.map(({ terms }) => terms) };
}

/** Folds prepared rows under the terms of a stage that takes the same rows. */
export function foldPrepared(stage: Stage, prepared: PreparedStage, fold: StageFold, sink: FoldSink): void {
  stage.measures.forEach(({ terms }, measure) => {
    if (terms !== prepared.measures[measure]) refresh(stage, prepared, measure);
  });
  prepared.measures = stage.measures.map(({ terms }) => terms);
  for (const cut of prepared.cuts) fold.fold(cut, sink);
}

function refresh(stage: Stage, { cuts }: PreparedStage, measure: number): void {
  const { each } = stage.measures[measure]!;
  for (const { run, windows } of cuts) {
    const column = run.values[measure] ?? null;
    if (each !== null && column !== null) {
      for (let index = 0; index < column.length; index += 1) column[index] = each.at(run.rows[index]!);
    }
    for (const own of windows.values()) own.forget(measure);
  }
}
