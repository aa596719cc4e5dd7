// SPDX-License-Identifier: Apache-2.0
// Looking after a workspace: its audit trail.
import { listAudit } from '../../actions/list-audit.ts';
import * as wire from '../../wire/oversight.ts';
import { type Route, route } from '../route.ts';

export const oversightRoutes: readonly Route[] = [
  route(wire.listAudit, ({ context, caller, query }) => listAudit(context, caller, query)),
];
