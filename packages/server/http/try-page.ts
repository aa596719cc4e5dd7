// SPDX-License-Identifier: Apache-2.0
// A page to read the API and try it: it reads the OpenAPI document and calls the addresses with the session or key of
// the reader. Nothing is loaded from elsewhere; its script and style are files of their own, so that the policy is strict.
import type { FastifyInstance } from 'fastify';
import { securePage } from './security.ts';
import { tryScript } from './try-script.ts';

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Rapport API</title>
<link rel="stylesheet" href="/api/v1/docs/try.css">
</head>
<body>
<header>
<h1>Rapport API</h1>
<p><a href="/api/v1/openapi.json">OpenAPI document</a></p>
<p><label>API key, where you are not signed in <input id="key" type="password" autocomplete="off"></label>
<label>Workspace <input id="workspace" autocomplete="off"></label></p>
</header>
<main id="operations"><p>Loading.</p></main>
<script src="/api/v1/docs/try.js"></script>
</body>
</html>`;

const style = `
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem; }
h2 { margin-top: 2rem; }
details { border-top: 1px solid #8886; padding: .4rem 0; }
summary { cursor: pointer; }
code, pre, textarea { font: 14px/1.4 ui-monospace, monospace; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; padding: .6rem; background: #8882; }
label { display: block; margin: .4rem 0; }
input, textarea { font: inherit; width: 100%; box-sizing: border-box; padding: .3rem; }
textarea { min-height: 9rem; }
button { font: inherit; padding: .3rem 1rem; }
.method { display: inline-block; min-width: 4.5rem; font-weight: 600; }
`;

export function serveTryPage(app: FastifyInstance): void {
  app.get('/api/v1/docs', (request, reply) => {
    securePage(reply, '', request.protocol === 'https');
    return reply.type('text/html; charset=utf-8').send(page);
  });
  app.get('/api/v1/docs/try.css', (_, reply) => reply.type('text/css; charset=utf-8').send(style));
  app.get('/api/v1/docs/try.js', (_, reply) => reply.type('text/javascript; charset=utf-8').send(tryScript));
}
