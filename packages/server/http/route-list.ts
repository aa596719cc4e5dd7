// SPDX-License-Identifier: Apache-2.0
// Every route that is served, one line per file.
import type { Route } from './route.ts';
import { accessRoutes } from './routes/access.ts';
import { agreementRoutes } from './routes/agreements.ts';
import { earningsRoutes } from './routes/earnings.ts';
import { factRoutes } from './routes/facts.ts';
import { feedRoutes } from './routes/feeds.ts';

import { oversightRoutes } from './routes/oversight.ts';
import { partyRoutes } from './routes/parties.ts';
import { paymentRoutes } from './routes/payments.ts';
import { periodRoutes } from './routes/periods.ts';
import { proofRoutes } from './routes/proofs.ts';
import { sessionRoutes } from './routes/session.ts';
import { statementRoutes } from './routes/statements.ts';
import { webhookRoutes } from './routes/webhooks.ts';
import { workspaceRoutes } from './routes/workspaces.ts';

export const routes: readonly Route[] = [
  ...accessRoutes,
  ...agreementRoutes,
  ...earningsRoutes,
  ...factRoutes,
  ...feedRoutes,
  ...oversightRoutes,
  ...partyRoutes,
  ...paymentRoutes,
  ...periodRoutes,
  ...proofRoutes,
  ...sessionRoutes,
  ...statementRoutes,
  ...webhookRoutes,
  ...workspaceRoutes,
];
