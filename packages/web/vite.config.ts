// SPDX-License-Identifier: Apache-2.0
// How the pages are built: into `dist`, which the service serves as it is. Nothing is written inline into the page,
// since the policy of the service allows no inline scripts. `npx vite packages/web` serves them while they are
// written, with the calls passed on to a service at RAPPORT_URL.
import { createRequire } from 'node:module';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  // Core's reader of Markdown runs in a worker too, which has no document: the form without one serves both.
  resolve: {
    alias: {
      'decode-named-character-reference': createRequire(import.meta.url).resolve(
        'decode-named-character-reference',
      ),
    },
  },
  build: {
    target: 'es2022',
    outDir: 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The worker holds all of core; it is loaded only when somebody recomputes.
    chunkSizeWarningLimit: 700,
    license: { fileName: 'licences.md' },
  },
  worker: { format: 'es' },
  server: { proxy: { '/api': process.env['RAPPORT_URL'] ?? 'http://127.0.0.1:8080' } },
});
