// SPDX-License-Identifier: Apache-2.0
// Every address of the API. A new one is added to its file and appears here, in the OpenAPI document and in the
// authorisation test.
import * as access from './access.ts';
import * as agreements from './agreements.ts';
import type { Endpoint } from './endpoint.ts';
import * as explanation from './explanation.ts';
import * as facts from './facts.ts';
import * as feeds from './feeds.ts';
import * as forecast from './forecast.ts';
import * as oversight from './oversight.ts';
import * as parties from './parties.ts';
import * as payments from './payments.ts';
import * as periods from './periods.ts';
import * as postings from './postings.ts';
import * as proofs from './proofs.ts';
import * as standing from './standing.ts';
import * as statements from './statements.ts';
import * as wallet from './wallet.ts';
import * as webhooks from './webhooks.ts';
import * as workspaces from './workspaces.ts';

function isEndpoint(value: unknown): value is Endpoint {
  return typeof value === 'object' && value !== null && 'demand' in value && 'path' in value;
}

export const endpoints: readonly Endpoint[] = [
  access,
  agreements,
  explanation,
  facts,
  feeds,
  forecast,
  oversight,
  parties,
  payments,
  periods,
  postings,
  proofs,
  standing,
  statements,
  wallet,
  webhooks,
  workspaces,
].flatMap((module): readonly Endpoint[] => Object.values<unknown>(module).filter(isEndpoint));
