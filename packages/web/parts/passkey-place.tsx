// SPDX-License-Identifier: Apache-2.0
// Where passkeys work, shown where they do not: browsers make them for a name, so a page that was opened by the number
// of a machine has none. It leads to the same page under the name.
import { useLocation } from '@tanstack/react-router';

/** @param address as the service says it; null: it is known by a number alone. */
export function PasskeyPlace({ address }: { readonly address: string | null }) {
  const { href } = useLocation();
  if (address === location.origin) return null;
  if (address === null)
    return (
      <p>
        Passkeys belong to a name, and this service is known by a number alone. Whoever runs it can give it
        one with <code>RAPPORT_URL</code>.
      </p>
    );
  return (
    <p>
      Passkeys belong to a name, and this page was opened under another address. They work at{' '}
      <a href={`${address}${href}`}>{address}</a>.
    </p>
  );
}
