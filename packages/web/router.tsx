// SPDX-License-Identifier: Apache-2.0
// Every address of the pages and what stands there. A page is loaded when it is first gone to; who is not signed in is
// sent to the sign-in page and comes back to where they wanted to go.
import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { isSignedOut } from './call.ts';
import { placesOf } from './navigation.ts';
import { Failure } from './parts/failure.tsx';
import { sessionQuery } from './session.ts';
import { ownTermsQuery } from './terms.ts';

const rootRoute = createRootRouteWithContext<{ readonly queries: QueryClient }>()({
  component: Outlet,
  notFoundComponent: () => <Failure title="There is no such page." />,
  errorComponent: ({ error }) => (
    <Failure title="This page could not be shown." {...(error instanceof Error ? { error } : {})} />
  ),
});

/** What an address asks for behind its question mark: these words, where they are texts that say something. */
function wordsOf<Name extends string>(...names: readonly Name[]) {
  return (search: Record<string, unknown>): { [Key in Name]?: string } => {
    const given = names.flatMap((name) => {
      const value = search[name];
      const text = typeof value === 'number' ? `${value}` : value;
      return typeof text === 'string' && text !== '' ? [[name, text] as const] : [];
    });
    return Object.fromEntries(given) as { [Key in Name]?: string };
  };
}

/** A version that an address asks for. */
function versionOf({ version }: Record<string, unknown>): { version?: number } {
  const number = Number(version);
  return Number.isSafeInteger(number) && number > 0 ? { version: number } : {};
}

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: 'sign-in',
  validateSearch: ({ to }: Record<string, unknown>): { to?: string } =>
    typeof to === 'string' && /^\/(?!\/)/.test(to) ? { to } : {},
  component: lazyRouteComponent(() => import('./pages/sign-in.tsx'), 'SignIn'),
});

const invitationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: 'invitation',
  component: lazyRouteComponent(() => import('./pages/invitation.tsx'), 'Invitation'),
});

const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'signed-in',
  beforeLoad: async ({ context, location }) => {
    const session = await context.queries.ensureQueryData(sessionQuery).catch((error: unknown) => {
      if (isSignedOut(error)) throw redirect({ to: '/sign-in', search: { to: location.href } });
      throw error;
    });
    if (session.mustChangePassword && location.pathname !== '/account') throw redirect({ to: '/account' });
    return { session };
  },
});

const homeRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/',
  beforeLoad: ({ context: { session } }) => {
    const first = session.workspaces[0];
    if (first !== undefined)
      throw redirect({ to: '/$workspace', params: { workspace: first.workspace }, replace: true });
  },
  component: () => (
    <Failure title="You are not a member of any workspace yet. An administrator can add you." />
  ),
});

const accountRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: 'account',
  component: lazyRouteComponent(() => import('./pages/account.tsx'), 'Account'),
});

const workspaceRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '$workspace',
  beforeLoad: ({ context: { session }, params }) => {
    const membership = session.workspaces.find(({ workspace }) => workspace === params.workspace);
    if (membership === undefined) throw redirect({ to: '/' });
    return { membership };
  },
  component: lazyRouteComponent(() => import('./parts/shell.tsx'), 'Shell'),
});

const workspaceHomeRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/',
  beforeLoad: async ({ context: { membership, queries }, params }) => {
    const own = ownTermsQuery(membership);
    const terms = own.enabled ? await queries.ensureQueryData(own).catch(() => null) : null;
    const first = placesOf(membership, terms)[0]?.places[0];
    if (first !== undefined) throw redirect({ to: first.to, params, replace: true });
  },
});

const earningsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'earnings',
  validateSearch: wordsOf('party'),
  component: lazyRouteComponent(() => import('./pages/earnings.tsx'), 'Earnings'),
});

const overviewRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'overview',
  component: lazyRouteComponent(() => import('./pages/overview.tsx'), 'Overview'),
});

const walletRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'wallet',
  validateSearch: wordsOf('party'),
  component: lazyRouteComponent(() => import('./pages/wallet.tsx'), 'Wallet'),
});

const statementsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'statements',
  component: lazyRouteComponent(() => import('./pages/statements.tsx'), 'Statements'),
});

const statementRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'statements/$agreement/$payee/$period',
  validateSearch: versionOf,
  component: lazyRouteComponent(() => import('./pages/statement.tsx'), 'Statement'),
});

const factsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'facts',
  validateSearch: wordsOf('kind', 'text', 'from', 'through', 'party'),
  component: lazyRouteComponent(() => import('./pages/facts.tsx'), 'Facts'),
});

const factRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'facts/$kind/$id',
  component: lazyRouteComponent(() => import('./pages/fact.tsx'), 'Fact'),
});

const whatIfRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'what-if',
  component: lazyRouteComponent(() => import('./pages/what-if.tsx'), 'WhatIf'),
});

const feedsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'feeds',
  component: lazyRouteComponent(() => import('./pages/feeds.tsx'), 'Feeds'),
});

const newFeedRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'feeds/new',
  component: lazyRouteComponent(() => import('./pages/feed.tsx'), 'NewFeed'),
});

const feedRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'feeds/of/$feed',
  component: lazyRouteComponent(() => import('./pages/feed.tsx'), 'Feed'),
});

const loadRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'feeds/loads/$load',
  component: lazyRouteComponent(() => import('./pages/load.tsx'), 'Load'),
});

const partiesRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'parties',
  component: lazyRouteComponent(() => import('./pages/parties.tsx'), 'Parties'),
});

const partyRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'parties/$party',
  component: lazyRouteComponent(() => import('./pages/party.tsx'), 'Party'),
});

const agreementsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'agreements',
  component: lazyRouteComponent(() => import('./pages/agreements.tsx'), 'Agreements'),
});

const agreementRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'agreements/$agreement',
  validateSearch: versionOf,
  component: lazyRouteComponent(() => import('./pages/agreement.tsx'), 'Agreement'),
});

const periodsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'periods',
  component: lazyRouteComponent(() => import('./pages/periods.tsx'), 'Periods'),
});

const periodRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'periods/$agreement/$period',
  component: lazyRouteComponent(() => import('./pages/period.tsx'), 'Period'),
});

const booksRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'books',
  component: lazyRouteComponent(() => import('./pages/books.tsx'), 'Books'),
});

const membersRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'members',
  component: lazyRouteComponent(() => import('./pages/members.tsx'), 'Members'),
});

const trailRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'trail',
  component: lazyRouteComponent(() => import('./pages/trail.tsx'), 'Trail'),
});

const routeTree = rootRoute.addChildren([
  signInRoute,
  invitationRoute,
  signedInRoute.addChildren([
    homeRoute,
    accountRoute,
    workspaceRoute.addChildren([
      workspaceHomeRoute,
      overviewRoute,
      earningsRoute,
      walletRoute,
      statementsRoute,
      statementRoute,
      whatIfRoute,
      factsRoute,
      factRoute,
      feedsRoute,
      newFeedRoute,
      feedRoute,
      loadRoute,
      partiesRoute,
      partyRoute,
      agreementsRoute,
      agreementRoute,
      periodsRoute,
      periodRoute,
      booksRoute,
      membersRoute,
      trailRoute,
    ]),
  ]),
]);

export function newRouter(queries: QueryClient) {
  return createRouter({
    routeTree,
    context: { queries },
    defaultPreload: 'intent',
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof newRouter>;
  }
}
