#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
// The `rapport` command: builds the bundle when a checkout needs it, then runs it.
import { buildWhenStale } from '../build.js';

await buildWhenStale();
await import('../dist/rapport.js');
