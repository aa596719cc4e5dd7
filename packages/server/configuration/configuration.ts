// SPDX-License-Identifier: Apache-2.0
// The environment as a checked configuration. Every problem is told at once, each with the variable and what it has to
// be; the value given is not repeated, since it may be a secret.

import { environment, settings } from './settings.ts';

export interface Configuration {
  readonly host: string;
  readonly port: number;
  /** Origin under which people reach the service; null: host and port, once they are known. */
  readonly publicUrl: string | null;
  /** Absolute. */
  readonly dataFolder: string;
  /** Null: the embedded database. */
  readonly databaseUrl: string | null;
  readonly databasePool: number;
  readonly hasDemo: boolean;
  /** Of the owner that the first start makes, where there is no demonstration. */
  readonly ownerEmail: string;
  /** As given; null: from the file in the data folder. */
  readonly secretKey: string | null;
  readonly trustedProxies: readonly string[];
  /** Whether webhooks may go to addresses inside the network of the installation. */
  readonly sendsInside: boolean;
  readonly identityProvider: IdentityProvider | null;
  readonly log: { readonly level: 'info' | 'warn' | 'error'; readonly format: 'json' | 'text' };
}

export interface IdentityProvider {
  readonly id: string;
  readonly name: string;
  readonly discoveryUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export type ReadConfiguration =
  | { readonly kind: 'read'; readonly configuration: Configuration }
  | { readonly kind: 'wrong'; readonly problems: readonly string[] };

/** What of the machine a configuration depends on. */
export interface Surroundings {
  /** True when lines go to a person. */
  readonly isTerminal: boolean;
  /** Where a data folder goes when none is named. */
  readonly usualDataFolder: string;
}

export function readConfiguration(
  given: Readonly<Record<string, string | undefined>>,
  surroundings: Surroundings,
): ReadConfiguration {
  const named = Object.keys(settings).filter((name) => given[name] !== undefined && given[name] !== '');
  const read = environment.safeParse(Object.fromEntries(named.map((name) => [name, given[name]])));
  const problems = read.success
    ? incompleteProvider(read.data)
    : read.error.issues.map(({ path, message }) => `${path.join('.')} ${message}.`);
  const unknown = Object.keys(given).filter((name) => name.startsWith('RAPPORT_') && !(name in settings));
  problems.push(...unknown.map((name) => `${name} is no setting of Rapport.`));
  if (!read.success || problems.length > 0) return { kind: 'wrong', problems };
  const values = read.data;
  const databaseUrl = values.DATABASE_URL ?? null;
  return {
    kind: 'read',
    configuration: {
      host: values.HOST,
      port: values.PORT,
      publicUrl: values.RAPPORT_URL ?? null,
      dataFolder: values.RAPPORT_DATA ?? surroundings.usualDataFolder,
      databaseUrl,
      databasePool: values.RAPPORT_DATABASE_POOL,
      hasDemo: values.RAPPORT_DEMO ?? databaseUrl === null,
      ownerEmail: values.RAPPORT_OWNER,
      secretKey: values.RAPPORT_SECRET_KEY ?? null,
      trustedProxies: values.RAPPORT_TRUSTED_PROXIES,
      sendsInside: values.RAPPORT_SEND_INSIDE ?? false,
      identityProvider: providerOf(values),
      log: {
        level: values.RAPPORT_LOG_LEVEL,
        format: values.RAPPORT_LOG_FORMAT ?? (surroundings.isTerminal ? 'text' : 'json'),
      },
    },
  };
}

type Values = ReturnType<typeof environment.parse>;

const providerSettings = [
  'RAPPORT_OIDC_DISCOVERY_URL',
  'RAPPORT_OIDC_CLIENT_ID',
  'RAPPORT_OIDC_CLIENT_SECRET',
] as const;

function incompleteProvider(values: Values): string[] {
  const missing = providerSettings.filter((name) => values[name] === undefined);
  if (missing.length === 0 || missing.length === providerSettings.length) return [];
  return missing.map((name) => `${name} is missing: OpenID Connect needs all three of its settings.`);
}

function providerOf(values: Values): IdentityProvider | null {
  const discoveryUrl = values.RAPPORT_OIDC_DISCOVERY_URL;
  if (discoveryUrl === undefined) return null;
  return {
    id: 'company',
    name: values.RAPPORT_OIDC_NAME,
    discoveryUrl,
    clientId: values.RAPPORT_OIDC_CLIENT_ID!,
    clientSecret: values.RAPPORT_OIDC_CLIENT_SECRET!,
  };
}
