// SPDX-License-Identifier: Apache-2.0
// What other systems hear of a load: that it waits for somebody, or that it is recorded.
import { headOf } from '../../store/log-rows.ts';
import type { Scope } from '../../store/open.ts';
import { putMessage } from '../../store/outbox-rows.ts';

export async function tellOfLoad(
  scope: Scope,
  topic: 'load waiting' | 'load recorded',
  body: { readonly load: number; readonly feed: string },
): Promise<void> {
  await putMessage(scope, { sequence: await headOf(scope), topic, body: { ...body } });
}
