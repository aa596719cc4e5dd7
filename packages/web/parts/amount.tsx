// SPDX-License-Identifier: Apache-2.0
// An amount as people read it: the currency small before the figure, figures of even width, a true minus sign. The
// amount comes as an exact decimal text with its asset; only commas are added to it.
import { currency } from '@rapport/core/values/asset.ts';
import type { Amount as WireAmount } from '@rapport/server/wire/values.ts';
import styles from './amount.module.css';
import { figureOf, signOf } from './amount-words.ts';

interface AmountProps {
  readonly of: WireAmount;
  /** A plus sign before what is above zero, and colour: the amount is a change. */
  readonly isChange?: boolean;
  /** A change that is neither good nor bad: its sign without colour. */
  readonly isQuiet?: boolean;
  readonly size?: 'text' | 'large' | 'display';
  /** Without its asset, since a heading above says it. */
  readonly isBare?: boolean;
}

export function Amount({
  of,
  isChange = false,
  isQuiet = false,
  size = 'text',
  isBare = false,
}: AmountProps) {
  const figure = figureOf(of);
  const sign = signOf(of);
  const isCurrency = currency(of.asset) !== null;
  const tone = sign === 0 ? 'zero' : !isChange || isQuiet ? 'plain' : sign > 0 ? 'up' : 'down';
  return (
    <span className={styles['amount']} data-size={size} data-tone={tone}>
      {isCurrency && !isBare && <span className={styles['unit']}>{of.asset}&nbsp;</span>}
      {isChange && sign > 0 && '+'}
      {figure}
      {!isCurrency && !isBare && <span className={styles['unit']}>&nbsp;{of.asset}</span>}
    </span>
  );
}
