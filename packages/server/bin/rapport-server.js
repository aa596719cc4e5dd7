#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
// The service: builds its bundle when a checkout needs it, then runs it.
import { buildServerWhenStale } from '../build.js';

await buildServerWhenStale();
await import('../dist/rapport-server.js');
