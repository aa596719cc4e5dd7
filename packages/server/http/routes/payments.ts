// SPDX-License-Identifier: Apache-2.0
// What finance does with statements: approve them, take an approval back, record what was paid.
import { approvePeriod, approveStatement, takeApprovalBack } from '../../actions/approve-statements.ts';
import { listPayments } from '../../actions/list-payments.ts';
import { listPeriodStatements } from '../../actions/period-statements.ts';
import { recordPayments } from '../../actions/record-payments.ts';
import { uploadPayments } from '../../actions/upload-payments.ts';
import * as wire from '../../wire/payments.ts';
import * as standing from '../../wire/standing.ts';
import { usualLimits } from '../limits.ts';
import { type Route, route } from '../route.ts';
import { uploadedFiles } from '../uploaded-files.ts';

export const paymentRoutes: readonly Route[] = [
  route(standing.listPeriodStatements, ({ context, caller, params, query }) =>
    listPeriodStatements(context, caller, { ...params, ...query }),
  ),
  route(standing.approveStatement, ({ context, caller, params, body }) =>
    approveStatement(context, caller, { ...params, ...body }),
  ),
  route(standing.takeApprovalBack, ({ context, caller, params, body }) =>
    takeApprovalBack(context, caller, { ...params, ...body }),
  ),
  route(standing.approvePeriod, ({ context, caller, params, body }) =>
    approvePeriod(context, caller, { ...params, ...body }),
  ),
  route(wire.recordPayments, ({ context, caller, params, body }) =>
    recordPayments(context, caller, {
      ...params,
      ...body,
      payments: body.payments.map((payment, at) => ({ ...payment, place: `/body/payments/${at}` })),
    }),
  ),
  route(wire.uploadPayments, async ({ context, caller, params, query, request }) =>
    uploadPayments(context, caller, {
      agreement: params.agreement,
      files: await uploadedFiles(request, 'payments.csv', usualLimits),
      preview: query.preview === 'true',
      beyondApproved: query.beyondApproved === 'true',
      reason: query.reason,
      on: query.on,
    }),
  ),
  route(wire.listPayments, ({ context, caller, params, query }) =>
    listPayments(context, caller, { ...params, ...query }),
  ),
];
