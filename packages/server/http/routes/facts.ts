// SPDX-License-Identifier: Apache-2.0
// Facts in and facts found.
import { acceptFacts } from '../../actions/accept-facts.ts';
import { listFactKinds } from '../../actions/list-kinds.ts';
import { readFact } from '../../actions/read-fact.ts';
import { searchFacts } from '../../actions/search-facts.ts';
import { listWaiting } from '../../actions/waiting-facts.ts';
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
  route(wire.searchFacts, ({ context, caller, query }) => searchFacts(context, caller, query)),
  route(wire.readFact, ({ context, caller, params }) => readFact(context, caller, params)),
  route(wire.listWaiting, ({ context, caller, query }) => listWaiting(context, caller, query)),
  route(wire.listFactKinds, ({ context, caller }) => listFactKinds(context, caller)),
];
