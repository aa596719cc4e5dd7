// SPDX-License-Identifier: Apache-2.0
// Everything that the pages ask of the service, one line per address. The types are those of the service's own
// endpoints, so that a wrong method, address or field does not compile; nothing of the schemas is loaded.
import type * as access from '@rapport/server/wire/access.ts';
import type * as agreements from '@rapport/server/wire/agreements.ts';
import type { AnswerOf, Endpoint, RequestOf } from '@rapport/server/wire/endpoint.ts';
import type * as explanation from '@rapport/server/wire/explanation.ts';
import type * as facts from '@rapport/server/wire/facts.ts';
import type * as feeds from '@rapport/server/wire/feeds.ts';
import type * as forecast from '@rapport/server/wire/forecast.ts';
import type * as oversight from '@rapport/server/wire/oversight.ts';
import type * as parties from '@rapport/server/wire/parties.ts';
import type * as payments from '@rapport/server/wire/payments.ts';
import type * as periods from '@rapport/server/wire/periods.ts';
import type * as postings from '@rapport/server/wire/postings.ts';
import type * as standing from '@rapport/server/wire/standing.ts';
import type * as statements from '@rapport/server/wire/statements.ts';
import type * as wallet from '@rapport/server/wire/wallet.ts';
import { call } from './call.ts';

/** What a request takes: only the parts that its endpoint has. */
type Given<E extends Endpoint> = {
  [Part in keyof RequestOf<E> as RequestOf<E>[Part] extends undefined ? never : Part]: RequestOf<E>[Part];
};

type Values = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** The address with its parameters filled in and what is asked behind it; what is not given is left out. */
export function addressOf(path: string, params: Values = {}, query: Values = {}): string {
  const filled = path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(`${params[name]}`));
  const asked = Object.entries(query).flatMap(([name, value]) =>
    value === undefined || value === null || value === '' ? [] : [[name, `${value}`]],
  );
  return asked.length === 0 ? filled : `${filled}?${new URLSearchParams(asked)}`;
}

function request<E extends Endpoint>(method: E['method'], path: E['path']) {
  return (given: Given<E>, signal?: AbortSignal): Promise<AnswerOf<E>> => {
    const { params, query, body } = given as { params?: Values; query?: Values; body?: unknown };
    return call<AnswerOf<E>>(method, addressOf(path, params, query), {
      ...(body === undefined ? {} : { json: body }),
      ...(signal === undefined ? {} : { signal }),
    });
  };
}

const workspace = '/api/v1/workspaces/:workspace';
const agreement = `${workspace}/agreements/:agreement` as const;
const statement = `${agreement}/statements/:payee/:period` as const;

/** Where everything that is held about a person can be taken as a file. */
export const exportAddress: typeof oversight.exportPerson.path = `${workspace}/parties/:party/export`;

/** Address of the extract of all facts of a party under an agreement, as a file. */
export function extractAddress(format: 'csv' | 'xlsx' | 'json'): string {
  return `${agreement}/extract/:payee/${format}`;
}

/** Address of a file of a statement, with its parameters to be filled in by `addressOf`. */
export function statementAddress(file = ''): string {
  return file === '' ? statement : `${statement}/${file}`;
}

/** Where the files of a feed are sent to, as a form; `preview` says what they would change. */
const loadsOfFeed: typeof feeds.uploadFeed.path = `${workspace}/feeds/:feed/loads`;

export function uploadFeed(
  params: { readonly workspace: string; readonly feed: string },
  files: readonly File[],
): Promise<AnswerOf<typeof feeds.uploadFeed>> {
  const body = new FormData();
  for (const file of files) body.append('file', file, file.name);
  return call('POST', addressOf(loadsOfFeed, params, { preview: 'true' }), { body });
}

/** Where a file of payroll is sent to; `preview` says what it would record. */
const paymentsFile: typeof payments.uploadPayments.path = `${agreement}/payments/file`;

export function uploadPayments(
  params: { readonly workspace: string; readonly agreement: string },
  query: { readonly preview: boolean; readonly on: string },
  file: File,
): Promise<AnswerOf<typeof payments.uploadPayments>> {
  const body = new FormData();
  body.append('file', file, file.name);
  return call('POST', addressOf(paymentsFile, params, query), { body });
}

export const api = {
  readSession: request<typeof access.readSession>('GET', '/api/v1/session'),
  readSignIn: request<typeof access.readSignIn>('GET', '/api/v1/sign-in'),
  signIn: request<typeof access.signIn>('POST', '/api/v1/session'),
  signOut: request<typeof access.signOut>('DELETE', '/api/v1/session'),
  readInvitation: request<typeof access.readInvitation>('POST', '/api/v1/invitation'),
  acceptInvitation: request<typeof access.acceptInvitation>('POST', '/api/v1/invitation/accept'),
  listMembers: request<typeof access.listMembers>('GET', `${workspace}/members`),
  inviteMember: request<typeof access.inviteMember>('POST', `${workspace}/members`),
  changeMember: request<typeof access.changeMember>('PATCH', `${workspace}/members/:member`),
  removeMember: request<typeof access.removeMember>('DELETE', `${workspace}/members/:member`),
  listApiKeys: request<typeof access.listApiKeys>('GET', `${workspace}/api-keys`),
  createApiKey: request<typeof access.createApiKey>('POST', `${workspace}/api-keys`),
  revokeApiKey: request<typeof access.revokeApiKey>('DELETE', `${workspace}/api-keys/:key`),

  readAttainment: request<typeof forecast.readAttainment>('GET', `${agreement}/attainment`),
  readForecast: request<typeof forecast.readForecast>('GET', `${agreement}/forecast`),
  whatIf: request<typeof forecast.whatIf>('POST', `${agreement}/what-if`),
  listPostings: request<typeof postings.listPostings>('GET', `${workspace}/postings`),
  listStatements: request<typeof statements.listStatements>('GET', `${workspace}/statements`),
  readStatement: request<typeof statements.readStatement>('GET', statement),
  listStatementVersions: request<typeof statements.listStatementVersions>('GET', `${statement}/versions`),
  issueStatement: request<typeof statements.issueStatement>('POST', `${statement}/versions`),
  explainLine: request<typeof explanation.explainLine>('GET', `${agreement}/explanation`),

  readWallet: request<typeof wallet.readWallet>('GET', `${agreement}/wallet`),

  searchFacts: request<typeof facts.searchFacts>('GET', `${workspace}/facts`),
  readFact: request<typeof facts.readFact>('GET', `${workspace}/facts/:kind/:id`),
  listWaiting: request<typeof facts.listWaiting>('GET', `${workspace}/waiting-facts`),
  listFactKinds: request<typeof facts.listFactKinds>('GET', `${workspace}/fact-kinds`),
  defineFeed: request<typeof feeds.defineFeed>('PUT', `${workspace}/feeds/:feed`),
  readFeed: request<typeof feeds.readFeed>('GET', `${workspace}/feeds/:feed`),
  tryFeed: request<typeof feeds.tryFeed>('POST', `${workspace}/feed-try`),
  listFeeds: request<typeof feeds.listFeeds>('GET', `${workspace}/feeds`),
  listLoads: request<typeof feeds.listLoads>('GET', `${workspace}/loads`),
  readLoad: request<typeof feeds.readLoad>('GET', `${workspace}/loads/:load`),
  listLoadRows: request<typeof feeds.listLoadRows>('GET', `${workspace}/loads/:load/rows`),
  approveLoad: request<typeof feeds.approveLoad>('POST', `${workspace}/loads/:load/approval`),
  rejectLoad: request<typeof feeds.rejectLoad>('POST', `${workspace}/loads/:load/rejection`),
  readCompleteness: request<typeof feeds.readCompleteness>('GET', `${workspace}/completeness`),
  declareComplete: request<typeof feeds.declareComplete>('POST', `${workspace}/feeds/:feed/completeness`),

  listParties: request<typeof parties.listParties>('GET', `${workspace}/parties`),
  listPartyKinds: request<typeof parties.listPartyKinds>('GET', `${workspace}/party-kinds`),
  createParty: request<typeof parties.createParty>('POST', `${workspace}/parties`),
  readParty: request<typeof parties.readParty>('GET', `${workspace}/parties/:party`),
  setAttributes: request<typeof parties.setAttributes>('POST', `${workspace}/parties/:party/attributes`),
  listAgreements: request<typeof agreements.listAgreements>('GET', `${workspace}/agreements`),
  readAgreement: request<typeof agreements.readAgreement>('GET', agreement),
  readAgreementDocument: request<typeof agreements.readAgreementDocument>(
    'GET',
    `${agreement}/versions/:version`,
  ),
  checkAgreement: request<typeof agreements.checkAgreement>('POST', `${workspace}/agreement-check`),
  createAgreement: request<typeof agreements.createAgreement>('POST', `${workspace}/agreements`),
  addVersion: request<typeof agreements.addVersion>('POST', `${agreement}/versions`),
  activateVersion: request<typeof agreements.activateVersion>(
    'POST',
    `${agreement}/versions/:version/activation`,
  ),
  listPersonalValues: request<typeof agreements.listPersonalValues>('GET', `${agreement}/personal-values`),
  setPersonalValues: request<typeof agreements.setPersonalValues>('POST', `${agreement}/personal-values`),
  listPeriods: request<typeof periods.listPeriods>('GET', `${agreement}/periods`),
  closePeriod: request<typeof periods.closePeriod>('POST', `${agreement}/periods/:period/close`),
  listPeriodStatements: request<typeof standing.listPeriodStatements>(
    'GET',
    `${agreement}/periods/:period/statements`,
  ),
  approvePeriod: request<typeof standing.approvePeriod>('POST', `${agreement}/periods/:period/approval`),
  approveStatement: request<typeof standing.approveStatement>('POST', `${statement}/approval`),
  takeApprovalBack: request<typeof standing.takeApprovalBack>('POST', `${statement}/approval/withdrawal`),
  recordPayments: request<typeof payments.recordPayments>('POST', `${agreement}/payments`),
  readJob: request<typeof oversight.readJob>('GET', `${workspace}/jobs/:job`),
  startReplay: request<typeof oversight.startReplay>('POST', `${workspace}/replays`),
  startRecomputation: request<typeof oversight.startRecomputation>('POST', `${agreement}/recomputations`),
  startShadowReplay: request<typeof oversight.startShadowReplay>('POST', `${agreement}/shadow-replays`),
  lockPeriod: request<typeof periods.lockPeriod>('POST', `${agreement}/periods/:period/lock`),
  readErasure: request<typeof oversight.readErasure>('GET', `${workspace}/parties/:party/erasure`),
  erasePerson: request<typeof oversight.erasePerson>('POST', `${workspace}/parties/:party/erasure`),
  withdrawErasure: request<typeof oversight.withdrawErasure>('DELETE', `${workspace}/parties/:party/erasure`),
  listAudit: request<typeof oversight.listAudit>('GET', `${workspace}/audit`),
  listJobs: request<typeof oversight.listJobs>('GET', `${workspace}/jobs`),
} as const;
