// SPDX-License-Identifier: Apache-2.0
// Starts the pages: theme, queries, addresses. The nonce that the service wrote into the page goes to everything that
// makes a style element while running; without it the policy of the service would refuse them.
import { MantineProvider } from '@mantine/core';
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ServiceRefusal } from './call.ts';
import { newRouter } from './router.tsx';
import { backToSignIn } from './session.ts';
import './controls.css';
import './styles.css';
import { theme, variables } from './theme.ts';

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
Object.assign(globalThis, { __webpack_nonce__: nonce });

// After an upgrade the files of a page that was loaded before may be gone: the new page knows the new ones. Only once in
// a while, so that a file which is really missing is said.
addEventListener('vite:preloadError', (event) => {
  const last = Number(sessionStorage.getItem('loaded anew') ?? 0);
  if (Date.now() - last < 10_000) return;
  event.preventDefault();
  sessionStorage.setItem('loaded anew', `${Date.now()}`);
  location.reload();
});

const queries = new QueryClient({
  queryCache: new QueryCache({
    onError: (error, { queryKey }) => queryKey[0] !== 'session' && backToSignIn(error),
  }),
  mutationCache: new MutationCache({ onError: backToSignIn }),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (count, error) => count < 2 && !(error instanceof ServiceRefusal && error.problem.status !== 0),
    },
  },
});
const router = newRouter(queries);

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
