// SPDX-License-Identifier: Apache-2.0
// Agreements: texts, versions, documents, activation.
import { activateVersion } from '../../actions/activate-version.ts';
import { checkAgreement, draftAgreement, draftVersion } from '../../actions/draft-agreement.ts';
import { listAgreements, readAgreement, readAgreementDocument } from '../../actions/read-agreements.ts';
import * as wire from '../../wire/agreements.ts';
import { type Route, route } from '../route.ts';

export const agreementRoutes: readonly Route[] = [
  route(wire.listAgreements, ({ context, caller }) => listAgreements(context, caller)),
  route(wire.checkAgreement, ({ caller, body }) => checkAgreement(caller, body)),
  route(wire.createAgreement, ({ context, caller, body }) => draftAgreement(context, caller, body)),
  route(wire.addVersion, ({ context, caller, params, body }) =>
    draftVersion(context, caller, { agreement: params.agreement, text: body.text }),
  ),
  route(wire.readAgreement, ({ context, caller, params }) => readAgreement(context, caller, params)),
  route(wire.readAgreementDocument, ({ context, caller, params }) =>
    readAgreementDocument(context, caller, params),
  ),
  route(wire.activateVersion, ({ context, caller, params, body }) =>
    activateVersion(context, caller, { ...params, ...body }),
  ),
];
