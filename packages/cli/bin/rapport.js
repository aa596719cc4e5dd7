#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
// The `rapport` command: builds the bundle when a checkout needs it, then runs it. A published package brings the bundle,
// and nothing to build it with.
import { existsSync } from 'node:fs';

if (existsSync(new URL('../build.js', import.meta.url))) {
  const { buildWhenStale } = await import('../build.js');
  await buildWhenStale();
}
await import('../dist/rapport.js');
