// SPDX-License-Identifier: Apache-2.0
// The settings of the service, one per variable of the environment: what it means, what holds when it is not given, and
// how it is checked. The table in docs/guides/operate.md says the same; a test compares the two.

import { isAbsolute, resolve } from 'node:path';
import { z } from 'zod';

/** What a message says after the name of the variable. */
const port = 'a port from 0 to 65535';
const address = 'an address such as https://pay.example.com, without a path';

const flag = z
  .enum(['yes', 'no'], 'has to be yes or no')
  .transform((text) => text === 'yes')
  .optional();

const wholeNumber = (least: number, most: number, what: string) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `has to be ${what}`)
    .transform(Number)
    .refine((value) => value >= least && value <= most, `has to be ${what}`);

const databaseUrl = z
  .string()
  .refine(
    (text) => /^postgres(ql)?:$/.test(protocolOf(text)),
    'has to begin with postgres:// or postgresql://',
  );

const publicUrl = z
  .string()
  .refine((text) => /^https?:$/.test(protocolOf(text)) && isOrigin(text), `has to be ${address}`)
  .transform((text) => new URL(text).origin);

const folder = z.string().transform((text) => (isAbsolute(text) ? text : resolve(text)));

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== ''),
);

/** One variable. */
export interface Setting {
  readonly meaning: string;
  /** As the table shows it. */
  readonly usually: string;
}

/** Every variable that the service reads; the name is that of the environment. */
export const settings = {
  HOST: { meaning: 'Address to listen on', usually: '`127.0.0.1`' },
  PORT: { meaning: 'Port to listen on; 0 takes a free one', usually: '`8080`' },
  RAPPORT_URL: {
    meaning: 'Where people reach the service, as their browser shows it; sign-in and links depend on it',
    usually: 'host and port above',
  },
  RAPPORT_DATA: {
    meaning: 'Folder of the embedded database and of the key that seals secrets',
    usually: '`.rapport/service` here',
  },
  DATABASE_URL: {
    meaning: 'A PostgreSQL of your own, 15 or newer, in place of the embedded one',
    usually: 'embedded',
  },
  RAPPORT_DATABASE_POOL: { meaning: 'Connections for requests, 2 to 200', usually: '`10`' },
  RAPPORT_DEMO: {
    meaning: '`yes` loads made-up workspaces into a database that has none',
    usually: '`yes` embedded, `no` with DATABASE_URL',
  },
  RAPPORT_OWNER: {
    meaning: 'Address of the owner whom a first start without made-up workspaces makes',
    usually: '`owner@example.com`',
  },
  RAPPORT_SECRET_KEY: {
    meaning: 'Keys that seal secrets, 32 bytes in base64 each; the first seals, all open',
    usually: 'a file in the data folder, made at the first start',
  },
  RAPPORT_TRUSTED_PROXIES: {
    meaning: 'Addresses of proxies whose word on the address of a caller is taken, with commas between',
    usually: 'none',
  },
  RAPPORT_SEND_INSIDE: {
    meaning: '`yes` lets webhooks go to addresses inside your own network, and without https',
    usually: '`no`',
  },
  RAPPORT_OIDC_DISCOVERY_URL: {
    meaning: 'OpenID Connect: the discovery document of your identity provider',
    usually: 'none',
  },
  RAPPORT_OIDC_CLIENT_ID: { meaning: 'OpenID Connect: who we are there', usually: 'none' },
  RAPPORT_OIDC_CLIENT_SECRET: { meaning: 'OpenID Connect: our secret there', usually: 'none' },
  RAPPORT_OIDC_NAME: { meaning: 'OpenID Connect: what the button says', usually: '`your company`' },
  RAPPORT_LOG_LEVEL: { meaning: '`info`, `warn` or `error`', usually: '`info`' },
  RAPPORT_LOG_FORMAT: {
    meaning: '`json`, one object per line, or `text` for people',
    usually: '`text` in a terminal, else `json`',
  },
} as const satisfies Readonly<Record<string, Setting>>;
export type SettingName = keyof typeof settings;

/** How each variable is checked; an empty one counts as not given. */
export const environment = z.object({
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, 'has to be a name or an address')
    .default('127.0.0.1'),
  PORT: wholeNumber(0, 65_535, port).default(8080),
  RAPPORT_URL: publicUrl.optional(),
  RAPPORT_DATA: folder.optional(),
  DATABASE_URL: databaseUrl.optional(),
  RAPPORT_DATABASE_POOL: wholeNumber(2, 200, 'a number from 2 to 200').default(10),
  RAPPORT_DEMO: flag,
  RAPPORT_OWNER: z.email('has to be an e-mail address').default('owner@example.com'),
  RAPPORT_SECRET_KEY: z.string().optional(),
  RAPPORT_TRUSTED_PROXIES: list.default([]),
  RAPPORT_SEND_INSIDE: flag,
  RAPPORT_OIDC_DISCOVERY_URL: z.url({ protocol: /^https$/, error: 'has to begin with https://' }).optional(),
  RAPPORT_OIDC_CLIENT_ID: z.string().optional(),
  RAPPORT_OIDC_CLIENT_SECRET: z.string().optional(),
  RAPPORT_OIDC_NAME: z.string().default('your company'),
  RAPPORT_LOG_LEVEL: z.enum(['info', 'warn', 'error'], 'has to be info, warn or error').default('info'),
  RAPPORT_LOG_FORMAT: z.enum(['json', 'text'], 'has to be json or text').optional(),
} satisfies Readonly<Record<SettingName, z.ZodType>>);

function protocolOf(text: string): string {
  return URL.canParse(text) ? new URL(text).protocol : '';
}

function isOrigin(text: string): boolean {
  const { pathname, search, hash, username } = new URL(text);
  return pathname === '/' && search === '' && hash === '' && username === '';
}
