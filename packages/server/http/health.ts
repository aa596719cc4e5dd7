// SPDX-License-Identifier: Apache-2.0
// For whoever watches the process: it runs, it can work, and its figures.
import type { FastifyInstance } from 'fastify';
import type { Context } from '../actions/context.ts';
import type { Metrics } from './metrics.ts';

export function healthRoutes(app: FastifyInstance, { store }: Context, { registry }: Metrics): void {
  app.get('/health/live', async () => ({ status: 'live' }));
  app.get('/health/ready', async (_, reply) => {
    const isReady = await store.isReachable();
    return reply.code(isReady ? 200 : 503).send({ status: isReady ? 'ready' : 'database not reachable' });
  });
  app.get('/metrics', async (_, reply) => reply.type(registry.contentType).send(await registry.metrics()));
}
