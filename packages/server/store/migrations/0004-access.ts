// SPDX-License-Identifier: Apache-2.0
// Who may sign in and where they belong. It is looked up before a workspace is known, so it has no workspace of its
// own and a role of its own. Names of columns in the first five tables are those that better-auth expects.

import type { Migration } from './migration.ts';

export const access: Migration = {
  name: '0004-access',
  sql: `
    create table access."user" (
      id text primary key,
      name text not null,
      email text not null unique,
      "emailVerified" boolean not null default false,
      image text,
      "createdAt" timestamptz not null default now(),
      "updatedAt" timestamptz not null default now()
    );
    create table access.session (
      id text primary key,
      "expiresAt" timestamptz not null,
      token text not null unique,
      "createdAt" timestamptz not null default now(),
      "updatedAt" timestamptz not null default now(),
      "ipAddress" text,
      "userAgent" text,
      "userId" text not null references access."user" on delete cascade
    );
    create index session_of_user on access.session ("userId");
    create table access.account (
      id text primary key,
      "accountId" text not null,
      "providerId" text not null,
      "userId" text not null references access."user" on delete cascade,
      "accessToken" text,
      "refreshToken" text,
      "idToken" text,
      "accessTokenExpiresAt" timestamptz,
      "refreshTokenExpiresAt" timestamptz,
      scope text,
      password text,
      "createdAt" timestamptz not null default now(),
      "updatedAt" timestamptz not null default now()
    );
    create index account_of_user on access.account ("userId");
    create table access.verification (
      id text primary key,
      identifier text not null,
      value text not null,
      "expiresAt" timestamptz not null,
      "createdAt" timestamptz not null default now(),
      "updatedAt" timestamptz not null default now()
    );
    create index verification_identifier on access.verification (identifier);
    create table access.passkey (
      id text primary key,
      name text,
      "publicKey" text not null,
      "userId" text not null references access."user" on delete cascade,
      "credentialID" text not null unique,
      counter integer not null,
      "deviceType" text not null,
      "backedUp" boolean not null,
      transports text,
      "createdAt" timestamptz default now(),
      aaguid text
    );
    create index passkey_of_user on access.passkey ("userId");
    create table access.sign_in_attempt (
      id bigint generated always as identity primary key,
      identifier text not null,
      address text not null,
      succeeded boolean not null,
      at timestamptz not null default now()
    );
    create index sign_in_attempt_identifier on access.sign_in_attempt (identifier, at);
    create index sign_in_attempt_address on access.sign_in_attempt (address, at);
    create table access.member (
      workspace integer not null references rapport.workspace,
      "user" text not null references access."user" on delete cascade,
      role text not null,
      party text collate "C",
      created_at timestamptz not null default now(),
      primary key (workspace, "user")
    );
    create index member_of_user on access.member ("user");
    create table access.api_key (
      id text primary key,
      workspace integer not null references rapport.workspace,
      name text not null,
      prefix text not null,
      hash text not null unique,
      role text not null,
      party text collate "C",
      scopes text[] not null,
      created_by text not null,
      created_at timestamptz not null default now(),
      last_used_at timestamptz,
      expires_at timestamptz,
      revoked_at timestamptz
    );
    create index api_key_workspace on access.api_key (workspace);
    grant select, insert, update, delete on all tables in schema access to rapport_access;
  `,
};
