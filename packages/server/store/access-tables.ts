// SPDX-License-Identifier: Apache-2.0
// The tables of the schema `access` as TypeScript sees them. Names with capitals are those of better-auth.

import type { ColumnType, Generated } from 'kysely';

type Moment = ColumnType<Date, Date | undefined, Date>;
type GoodwillLimits = ColumnType<Readonly<Record<string, string>>, string | undefined, string>;

export interface UserTable {
  id: string;
  name: string;
  email: string;
  emailVerified: Generated<boolean>;
  image: string | null;
  createdAt: Moment;
  updatedAt: Moment;
  /** Signed in with a password that was given to them: nothing else is answered before it is changed. */
  mustChangePassword: Generated<boolean>;
}
export interface SessionTable {
  id: string;
  expiresAt: Date;
  token: string;
  createdAt: Moment;
  updatedAt: Moment;
  ipAddress: string | null;
  userAgent: string | null;
  userId: string;
}
export interface AccountTable {
  id: string;
  accountId: string;
  providerId: string;
  userId: string;
  accessToken: string | null;
  refreshToken: string | null;
  idToken: string | null;
  accessTokenExpiresAt: Date | null;
  refreshTokenExpiresAt: Date | null;
  scope: string | null;
  password: string | null;
  createdAt: Moment;
  updatedAt: Moment;
}
export interface VerificationTable {
  id: string;
  identifier: string;
  value: string;
  expiresAt: Date;
  createdAt: Moment;
  updatedAt: Moment;
}
export interface PasskeyTable {
  id: string;
  name: string | null;
  publicKey: string;
  userId: string;
  credentialID: string;
  counter: number;
  deviceType: string;
  backedUp: boolean;
  transports: string | null;
  createdAt: ColumnType<Date | null, Date | null | undefined, Date | null>;
  aaguid: string | null;
}
export interface SignInAttemptTable {
  id: Generated<number>;
  identifier: string;
  address: string;
  succeeded: boolean;
  at: Moment;
}
export interface MemberTable {
  workspace: number;
  user: string;
  role: string;
  party: string | null;
  created_at: Moment;
  /** By asset, smallest units as text. */
  goodwill_limits: GoodwillLimits;
}
export interface ApiKeyTable {
  id: string;
  workspace: number;
  name: string;
  /** What is shown of the key, so that a person can tell keys apart. */
  prefix: string;
  hash: string;
  role: string;
  party: string | null;
  scopes: string[];
  created_by: string;
  created_at: Moment;
  last_used_at: Date | null;
  expires_at: Date | null;
  revoked_at: Date | null;
  goodwill_limits: GoodwillLimits;
}
/** A link that is good for one use; of its token only the hash is kept. */
export interface InvitationTable {
  hash: string;
  workspace: number;
  purpose: 'join' | 'new password';
  email: string;
  role: string;
  party: string | null;
  created_by: string;
  created_at: Moment;
  expires_at: Date;
  used_at: Date | null;
}

export interface AccessTables {
  user: UserTable;
  session: SessionTable;
  account: AccountTable;
  verification: VerificationTable;
  passkey: PasskeyTable;
  sign_in_attempt: SignInAttemptTable;
  member: MemberTable;
  api_key: ApiKeyTable;
  invitation: InvitationTable;
}
