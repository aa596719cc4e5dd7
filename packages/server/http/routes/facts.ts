// SPDX-License-Identifier: Apache-2.0
// Facts in and facts found.
import { acceptFacts } from '../../actions/accept-facts.ts';
import * as wire from '../../wire/facts.ts';
import { eventOfRequest } from '../cloud-event-headers.ts';
import { type Route, route } from '../route.ts';

export const factRoutes: readonly Route[] = [
  route(
    wire.acceptFacts,
    ({ context, caller, query, body }) =>
      acceptFacts(context, caller, { events: body, together: query.together === 'true' }),
    { bodyOf: eventOfRequest },
  ),
];
