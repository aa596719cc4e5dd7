// SPDX-License-Identifier: Apache-2.0
// Every refusal with its sentence and remedy: the page that the `type` of a problem document leads to, and the page
// docs/reference/problems.md. Both are printed from the messages themselves.
import type { FastifyInstance } from 'fastify';
import { messages, type RefusalCode, refusalCodes } from '../wire/messages.ts';
import { securePage } from './security.ts';

const opening = `# Problems

What the API refuses is answered as a problem document (RFC 9457) with one of these codes. \`{name}\` stands for the real
value. A code never changes its meaning. This page is printed from \`packages/server/wire/messages.ts\`.
`;

/** The page as Markdown, as it stands in docs/reference/problems.md. */
export function problemsMarkdown(): string {
  const rows = sortedCodes().map((code) => {
    const { status, detail, remedy } = messages[code];
    return [`\`${code}\``, `${status}`, escaped(detail), escaped(remedy)];
  });
  const table = [['code', 'status', 'what it says', 'what to do'], ...rows];
  const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return `${opening}\n${[line(table[0]!), rule, ...rows.map(line)].join('\n')}\n`;
}

/** Pipes would end a cell. */
function escaped(text: string): string {
  return text.replaceAll('|', '\\|');
}

function sortedCodes(): readonly RefusalCode[] {
  return [...refusalCodes].sort();
}

const page = (): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Problems: Rapport API</title>
<link rel="stylesheet" href="/api/v1/docs/try.css">
</head>
<body>
<main>
<h1>Problems</h1>
<p>What the <a href="/api/v1/docs">API</a> refuses is answered with one of these codes.</p>
<dl>
${sortedCodes()
  .map((code) => {
    const { title, status, detail, remedy } = messages[code];
    return `<dt id="${code}"><code>${code}</code> (${status}): ${html(title)}</dt>\n<dd>${html(detail)} ${html(remedy)}</dd>`;
  })
  .join('\n')}
</dl>
</main>
</body>
</html>`;

function html(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

export function serveProblemsPage(app: FastifyInstance): void {
  const text = page();
  app.get('/docs/problems', (request, reply) => {
    securePage(reply, '', request.protocol === 'https');
    return reply.type('text/html; charset=utf-8').send(text);
  });
}
