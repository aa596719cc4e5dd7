// SPDX-License-Identifier: Apache-2.0
// The address of a one-time link. Its token stands behind `#`, which browsers do not send: it gets into no log of a
// server or proxy on the way; the page hands it over in the body.

/** How long a link is good. */
export const invitationDays = 3;

export function invitationLink(publicUrl: string, token: string): string {
  return `${new URL(publicUrl).origin}/invitation#${token}`;
}

export function linkExpiry(now: Date): Date {
  return new Date(now.getTime() + invitationDays * 86_400_000);
}
