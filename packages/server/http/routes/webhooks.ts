// SPDX-License-Identifier: Apache-2.0
// Webhooks: managed by people of the workspace, and messages of other systems coming in.
import {
  changeWebhook,
  createWebhook,
  listWebhooks,
  removeWebhook,
  type WebhookPlace,
} from '../../actions/webhooks/manage-webhooks.ts';
import { receiveMessage } from '../../actions/webhooks/receive-message.ts';
import * as wire from '../../wire/webhooks.ts';
import { type Route, route } from '../route.ts';

export const webhookRoutes: readonly Route[] = [
  route(wire.listWebhooks, ({ context, caller, ...given }) => listWebhooks(context, caller, placeOf(given))),
  route(wire.createWebhook, ({ context, caller, body, ...given }) =>
    createWebhook(context, caller, body, placeOf(given)),
  ),
  route(wire.changeWebhook, ({ context, caller, params, body, ...given }) =>
    changeWebhook(context, caller, { webhook: params.webhook, ...body }, placeOf({ params, ...given })),
  ),
  route(wire.removeWebhook, ({ context, caller, params }) => removeWebhook(context, caller, params)),
  route(wire.receiveWebhook, ({ context, params, request }) => {
    const header = (name: string): string => {
      const value = request.headers[name];
      return typeof value === 'string' ? value : '';
    };
    return receiveMessage(context, {
      workspaceName: params.workspace,
      webhook: params.webhook,
      body: request.bodyText ?? '',
      headers: {
        id: header('webhook-id'),
        timestamp: header('webhook-timestamp'),
        signature: header('webhook-signature'),
      },
    });
  }),
];

function placeOf(given: {
  readonly params: { readonly workspace: string };
  readonly publicUrl: string;
  readonly allowsInside: boolean;
}): WebhookPlace {
  return {
    publicUrl: given.publicUrl,
    workspaceName: given.params.workspace,
    allowsInside: given.allowsInside,
  };
}
