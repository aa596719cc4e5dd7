#!/usr/bin/env -S node --max-semi-space-size=32
// SPDX-License-Identifier: Apache-2.0
// The service: builds its bundle when a checkout needs it, then runs it. Most of what a fact needs lives only until it is
// committed: with room for one batch among the young objects, none of it is copied, which halves the work for a fact.
// A published package brings the bundle, and nothing to build it with.
import { existsSync } from 'node:fs';

if (existsSync(new URL('../build.js', import.meta.url))) {
  const { buildServerWhenStale } = await import('../build.js');
  await buildServerWhenStale();
}
await import('../dist/rapport-server.js');
