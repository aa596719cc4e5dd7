// SPDX-License-Identifier: Apache-2.0
// Parties and things, their values and relations.
import { changeParty, setAttributes } from '../../actions/change-party.ts';
import { createParty } from '../../actions/create-party.ts';
import { listPartyKinds } from '../../actions/list-kinds.ts';
import { listParties, readParty } from '../../actions/read-parties.ts';
import * as wire from '../../wire/parties.ts';
import { type Route, route } from '../route.ts';

export const partyRoutes: readonly Route[] = [
  route(wire.listParties, ({ context, caller, query }) => listParties(context, caller, query)),
  route(wire.createParty, ({ context, caller, body }) => createParty(context, caller, body)),
  route(wire.readParty, ({ context, caller, params }) => readParty(context, caller, params)),
  route(wire.changeParty, ({ context, caller, params, body }) =>
    changeParty(context, caller, { party: params.party, ...body }),
  ),
  route(wire.setAttributes, ({ context, caller, params, body }) =>
    setAttributes(context, caller, { party: params.party, ...body }),
  ),
  route(wire.listPartyKinds, ({ context, caller }) => listPartyKinds(context, caller)),
];
