// SPDX-License-Identifier: Apache-2.0
// Looking after a workspace: its audit trail, what is held about a person, and how long.
import { erasePerson } from '../../actions/erase-person.ts';
import { exportPerson } from '../../actions/export-person.ts';
import { listAudit } from '../../actions/list-audit.ts';
import { declarePersonalField, readPersonalFields } from '../../actions/personal-fields.ts';
import { readErasure, withdrawErasure } from '../../actions/read-erasure.ts';
import { changeRetention, readRetention } from '../../actions/retention.ts';
import * as wire from '../../wire/oversight.ts';
import { type Route, route } from '../route.ts';

export const oversightRoutes: readonly Route[] = [
  route(wire.listAudit, ({ context, caller, query }) => listAudit(context, caller, query)),
  route(wire.exportPerson, async ({ context, caller, params }) => {
    const outcome = await exportPerson(context, caller, params);
    if (outcome.kind === 'refused') return outcome;
    const { fileName, text } = outcome.value;
    return { kind: 'file', mediaType: 'application/json', fileName, bytes: text };
  }),
  route(wire.erasePerson, ({ context, caller, params, body }) =>
    erasePerson(context, caller, { party: params.party, ...body }),
  ),
  route(wire.readErasure, ({ context, caller, params }) => readErasure(context, caller, params)),
  route(wire.withdrawErasure, ({ context, caller, params }) => withdrawErasure(context, caller, params)),
  route(wire.readRetention, ({ context, caller }) => readRetention(context, caller)),
  route(wire.changeRetention, ({ context, caller, body }) => changeRetention(context, caller, body)),
  route(wire.readPersonalFields, ({ context, caller }) => readPersonalFields(context, caller)),
  route(wire.declarePersonalField, ({ context, caller, body }) =>
    declarePersonalField(context, caller, body),
  ),
];
