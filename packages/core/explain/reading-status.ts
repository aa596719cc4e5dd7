// SPDX-License-Identifier: Apache-2.0
// A status (a tier, a club) as sentences: what is measured, the levels as a list, when it rises, falls and is kept.
import type { Status } from '../program/declaration.ts';
import { sentence, withArticle } from './english.ts';
import { readExpression, readFigure } from './reading-expression.ts';
import type { Voice } from './voice.ts';
import { withOwnNoun, withPeriod } from './voice.ts';

export function readStatus(outer: Voice, status: Status): readonly string[] {
  const own = withOwnNoun(outer, status.of);
  const voice = withPeriod(own, status.period?.variable ?? null, status.period?.unit ?? null);
  const levels = status.levels.map((level) =>
    level.from === null
      ? `- ${level.name} at first;`
      : `- ${level.name} from ${readFigure(voice, level.from)} on;`,
  );
  const noun = status.of.type.kind === 'party' ? status.of.type.of : status.of.name;
  return [
    sentence(
      `each ${noun} has at any time ${withArticle(status.id)}, which depends on ${readExpression(voice, status.measure)}:`,
    ),
    ...levels.map((line, index) => (index === levels.length - 1 ? line.replace(/;$/, '.') : line)),
    sentence(riseWords(status)),
    sentence(fallWords(voice, status)),
    ...keepWords(voice, status),
  ];
}

function riseWords({ rises }: Status): string {
  if (rises.when === 'end') return `it rises at the end of ${withArticle(rises.unit)}`;
  const counts =
    rises.counts === 'with'
      ? `that ${rises.factKind} already counts at the new level`
      : `that ${rises.factKind} still counts at the old level`;
  return `it rises at once, with the ${rises.factKind} that reaches the level; ${counts}`;
}

function fallWords(voice: Voice, { falls }: Status): string {
  if (falls === null) return 'it never falls';
  if (falls.when === 'at once') return 'it falls at once when the measure no longer reaches the level';
  const step = falls.oneStep ? ', one level at a time' : '';
  const grace = falls.grace === null ? '' : `, after ${readFigure(voice, falls.grace)} of grace`;
  return `it falls at the end of ${withArticle(falls.unit)}${step}${grace}`;
}

function keepWords(voice: Voice, { keeps }: Status): readonly string[] {
  if (keeps === null) return [];
  const anew = keeps.restarts ? ', counted anew at each rise' : '';
  return [sentence(`a level once reached is kept for at least ${readFigure(voice, keeps.length)}${anew}`)];
}
