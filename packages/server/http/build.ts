// SPDX-License-Identifier: Apache-2.0
// The HTTP face of the service: one Fastify instance from the list of routes. Every request passes the same gates in
// the same order: rate, origin, who is calling, what they may do, size, form; then the action; then its answer is held
// to its schema. A refusal of any of them is a problem document.
import { randomUUID } from 'node:crypto';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Caller } from '../access/caller.ts';
import { callerIn, type Identity } from '../access/identity.ts';
import { mayAtAll } from '../access/may.ts';
import type { Access } from '../access/open-access.ts';
import { isPermission, type Permission } from '../access/permissions.ts';
import type { Context } from '../actions/context.ts';
import { type Refusal, refusal } from '../actions/outcome.ts';
import { traceOf } from '../actions/trace.ts';
import { problemMediaType, problemOf } from '../wire/problem.ts';
import { serveAuthentication } from './authentication.ts';
import { acceptBodies } from './bodies.ts';
import { answerClientError } from './client-error.ts';
import { refusalOfThrown } from './failure.ts';
import { sendFile } from './file-answer.ts';
import { healthRoutes } from './health.ts';
import { type Answer, onceByKey } from './idempotency.ts';
import { type Limits, usualLimits } from './limits.ts';
import { type Metrics, newMetrics } from './metrics.ts';
import { openApiDocument } from './openapi.ts';
import { type Page, servePages } from './pages.ts';
import { serveProblemsPage } from './problems-page.ts';
import { rateCount } from './rate.ts';
import type { Answered, Route } from './route.ts';
import { routes as allRoutes } from './route-list.ts';
import { secureApi } from './security.ts';
import { serveTryPage } from './try-page.ts';
import { validate } from './validate.ts';

export interface HttpOptions {
  readonly access: Access;
  /** Where people reach the service, such as `https://pay.example.com`. */
  readonly publicUrl: string;
  /** Folder of the built pages; null serves none. */
  readonly pages: string | null;
  readonly version: string;
  /** Whether webhooks may go to addresses inside the network of the installation. */
  readonly allowsInside?: boolean;
  readonly limits?: Partial<Limits>;
  /** Addresses of proxies whose word on the caller's address is taken. */
  readonly trustedProxies?: readonly string[];
  readonly metrics?: Metrics;
}

/** Made by the caller of `listen`; closes with `close`, after the requests at hand. */
export async function buildHttp(context: Context, options: HttpOptions): Promise<FastifyInstance> {
  const limits = { ...usualLimits, ...options.limits };
  const metrics = options.metrics ?? newMetrics();
  const app = Fastify({
    logger: false,
    bodyLimit: limits.bodyBytes,
    requestTimeout: limits.requestMs,
    http: { headersTimeout: limits.headersMs, connectionsCheckingInterval: Math.min(1000, limits.headersMs) },
    genReqId: () => randomUUID(),
    trustProxy: options.trustedProxies === undefined ? false : [...options.trustedProxies],
    routerOptions: { maxParamLength: 300, ignoreTrailingSlash: false },
    forceCloseConnections: 'idle',
    clientErrorHandler: answerClientError(limits),
  });
  acceptBodies(app);
  guardRates(app, context, limits);
  observe(app, metrics);
  failWithProblems(app, context, limits, await servePages(app, options.pages));
  healthRoutes(app, context, metrics);
  const document = JSON.stringify(
    openApiDocument(
      allRoutes.map(({ endpoint }) => endpoint),
      options.version,
    ),
  );
  app.get('/api/v1/openapi.json', (_, reply) => reply.type('application/json').send(document));
  serveTryPage(app);
  serveProblemsPage(app);
  serveAuthentication(app, options);
  const closing = new AbortController();
  app.addHook('preClose', async () => closing.abort());
  const served = { app, context, options, limits, metrics, closing: closing.signal };
  for (const route of allRoutes) serve(served, route);
  return app;
}

interface Served {
  readonly app: FastifyInstance;
  readonly context: Context;
  readonly options: HttpOptions;
  readonly limits: Limits;
  readonly metrics: Metrics;
  readonly closing: AbortSignal;
}

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | null;
    identity: Identity | null;
  }
}

function serve(served: Served, route: Route): void {
  const { app } = served;
  const { endpoint } = route;
  const { demand } = endpoint;
  if (demand !== 'nobody' && demand !== 'signed in' && !isPermission(demand))
    throw new Error(
      `The address ${endpoint.method} ${endpoint.path} asks for ${String(demand)}, which is no permission.`,
    );
  app.route({
    method: endpoint.method,
    url: endpoint.path,
    bodyLimit: bodyLimitOf(route, served.limits),
    config: { endpoint },
    onRequest: async (request, reply) => {
      const found = await admit(served, route, request);
      if (found !== null) return refuse(reply, found);
      return undefined;
    },
    handler: (request, reply) => answer(served, route, request, reply),
  });
}

function bodyLimitOf({ endpoint }: Route, limits: Limits): number {
  if (endpoint.name === 'acceptFacts') return limits.batchBytes;
  return endpoint.consumes?.includes('multipart/form-data') === true ? limits.fileBytes : limits.bodyBytes;
}

/** Who is calling, and whether they may; before the body is read. */
async function admit(
  { options: { access } }: Served,
  { endpoint: { demand } }: Route,
  request: FastifyRequest,
): Promise<Refusal | null> {
  request.caller = null;
  request.identity = null;
  if (demand === 'nobody') return null;
  const { cookie, authorization, origin, 'sec-fetch-site': fetchSite } = request.headers;
  const identity = await access.identify({ cookie, authorization });
  if (identity === null) return refusal('not_signed_in');
  const site = typeof fetchSite === 'string' ? fetchSite : undefined;
  if (identity.kind === 'person' && access.isCrossSite({ method: request.method, origin, fetchSite: site }))
    return refusal('cross_site_request', { origin: request.host });
  request.identity = identity;
  if (demand === 'signed in') return null;
  if (identity.kind === 'person' && identity.person.mustChangePassword)
    return refusal('password_to_be_changed');
  const { workspace } = request.params as { readonly workspace: string };
  const caller = callerIn(identity, workspace);
  if (caller === null) return refusal('workspace_unknown', { workspace });
  request.caller = caller;
  return mayAtAll(caller, demand) ? null : refusalOfCaller(caller, demand);
}

function refusalOfCaller(caller: Caller, permission: Permission): Refusal {
  const hasScope = caller.scopes === 'all' || caller.scopes.has(permission);
  return hasScope
    ? refusal('not_allowed', { role: caller.role, permission })
    : refusal('scope_missing', { permission });
}

async function answer(
  served: Served,
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { endpoint } = route;
  const body = route.bodyOf === undefined ? request.body : route.bodyOf(request);
  const checked = validate(endpoint, { params: request.params, query: request.query, body });
  if (checked.kind === 'refused') return refuse(reply, checked.refusal);
  const run = (): Promise<Answered<typeof endpoint>> =>
    route.handle({ ...checked, ...givenOf(served, request, reply) });
  const key = request.headers['idempotency-key'];
  if (endpoint.isIdempotentByKey !== true || key === undefined || request.caller === null)
    return send(route, await run(), reply);
  const asked = {
    key: String(key),
    caller: request.caller,
    method: request.method,
    url: request.url,
    body: request.body,
  };
  const kept = await onceByKey(served.context, asked, async () => contentOf(route, await run(), reply));
  if (kept.kind === 'refused') return refuse(reply, kept.refusal);
  if (kept.isRepeat) reply.header('idempotent-replayed', 'true');
  return sendContent(reply, kept.answer);
}

function givenOf(
  { context, options, metrics, closing }: Served,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const { caller, identity } = request;
  const { access, publicUrl, allowsInside = false } = options;
  return { context, caller, identity, access, publicUrl, allowsInside, metrics, closing, request, reply };
}

function send(route: Route, answered: Answered<Route['endpoint']>, reply: FastifyReply): FastifyReply {
  if (answered.kind === 'streaming') return reply;
  if (answered.kind === 'file') return sendFile(reply, answered);
  return sendContent(reply, contentOf(route, answered, reply));
}

/** The answer as status and JSON, held to the schema of the endpoint: what that does not name stays inside. */
function contentOf({ endpoint }: Route, answered: Answered<Route['endpoint']>, reply: FastifyReply): Answer {
  if (answered.kind === 'refused')
    return { status: answered.refusal.status, body: problemOf(answered.refusal, reply.request.id) };
  if (answered.kind !== 'done' || endpoint.response === null)
    throw new Error(`${endpoint.name} has no JSON answer.`);
  return { status: endpoint.status ?? 200, body: endpoint.response.parse(answered.value) };
}

function sendContent(reply: FastifyReply, { status, body }: Answer): FastifyReply {
  return reply
    .code(status)
    .type(status >= 400 ? problemMediaType : 'application/json; charset=utf-8')
    .send(JSON.stringify(body));
}

export function refuse(reply: FastifyReply, found: Refusal): FastifyReply {
  if (found.facts['after'] !== undefined) reply.header('retry-after', found.facts['after']);
  return reply
    .code(found.status)
    .type(problemMediaType)
    .send(JSON.stringify(problemOf(found, reply.request.id)));
}

/** Too many requests from one address, and too many without valid credentials. */
function guardRates(app: FastifyInstance, { clock }: Context, limits: Limits): void {
  const now = () => clock().getTime();
  const all = rateCount(limits.perMinute, now);
  const strangers = rateCount(limits.strangersPerMinute, now);
  app.addHook('onRequest', async (request, reply) => {
    secureApi(reply, request.protocol === 'https');
    reply.header('x-request-id', request.id);
    if (request.url.startsWith('/health/')) return;
    const after = all.take(request.ip) ?? (strangers.isOver(request.ip) ? 60 : null);
    if (after === null) return;
    const limit = strangers.isOver(request.ip) ? limits.strangersPerMinute : limits.perMinute;
    await refuse(
      reply,
      refusal('rate_exceeded', { limit: `${limit}`, window: 'a minute', after: `${after}` }),
    );
  });
  app.addHook('onResponse', async (request, reply) => {
    if (reply.statusCode === 401) strangers.take(request.ip);
  });
}

function observe(app: FastifyInstance, metrics: Metrics): void {
  app.addHook('onResponse', async (request, reply) => {
    const pattern = request.routeOptions.url ?? 'none';
    metrics.observe(
      { method: request.method, route: pattern, status: reply.statusCode },
      reply.elapsedTime / 1000,
    );
  });
}

function failWithProblems(app: FastifyInstance, { log }: Context, limits: Limits, page: Page): void {
  app.setErrorHandler((error, request, reply) => {
    // A client that went away, or was too slow, is nobody's failure; nobody reads the answer.
    if (request.raw.destroyed && !request.raw.complete)
      return refuse(
        reply,
        refusal('request_timed_out', { seconds: `${Math.ceil(limits.requestMs / 1000)}` }),
      );
    const { endpoint } = request.routeOptions.config as { readonly endpoint?: Route['endpoint'] };
    const found = refusalOfThrown(error, {
      mediaType: request.headers['content-type'] ?? 'nothing',
      taken: endpoint?.consumes ?? ['application/json'],
      limit: request.routeOptions.bodyLimit ?? limits.bodyBytes,
    });
    if (found.status >= 500) {
      const route = `${request.method} ${request.routeOptions.url ?? ''}`;
      log.error('request_failed', { request: request.id, route, ...traceOf(error) });
    }
    return refuse(reply, found);
  });
  app.setNotFoundHandler((request, reply) => {
    const shown = page(request, reply);
    if (shown !== null) return shown;
    const path = request.url.split('?')[0]!.slice(0, 200);
    const taken = allRoutes
      .map(({ endpoint }) => endpoint)
      .filter(({ path: pattern }) => matches(pattern, path))
      .map(({ method }) => method);
    if (taken.length === 0) return refuse(reply, refusal('address_unknown', { path }));
    reply.header('allow', taken.join(', '));
    return refuse(
      reply,
      refusal('method_not_taken', { path, method: request.method, taken: taken.join(', ') }),
    );
  });
}

function matches(pattern: string, path: string): boolean {
  const parts = path.split('/');
  const wanted = pattern.split('/');
  return (
    wanted.length === parts.length && wanted.every((part, at) => part.startsWith(':') || part === parts[at])
  );
}
