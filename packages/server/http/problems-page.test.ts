// SPDX-License-Identifier: Apache-2.0
// The page of problems is the messages themselves, in the docs and where a problem document leads.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Fastify from 'fastify';
import { expect, test } from 'vitest';
import { refusalCodes } from '../wire/messages.ts';
import { problemOf } from '../wire/problem.ts';
import { problemsMarkdown, serveProblemsPage } from './problems-page.ts';

const path = join(import.meta.dirname, '..', '..', '..', 'docs', 'reference', 'problems.md');

test('docs/reference/problems.md is printed from the messages', () => {
  if (process.env['RAPPORT_UPDATE'] === '1') writeFileSync(path, problemsMarkdown());
  expect(readFileSync(path, 'utf8')).toBe(problemsMarkdown());
});

test('the type of every problem leads to its place on a page', async () => {
  const app = Fastify();
  serveProblemsPage(app);
  for (const code of refusalCodes) {
    const [address = '', place = ''] = problemOf({ code, status: 400, facts: {} }).type.split('#');
    const answer = await app.inject(address);
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain(`id="${place}"`);
  }
  await app.close();
});
