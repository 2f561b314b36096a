// The always-on service: HubSpot's webhooks, the contract's calls for functions that cannot reach the database
// themselves, those that the extensions make with `hubspot.fetch`, health and metrics, and the preview.
import { timingSafeEqual } from 'node:crypto';
import express, { type Express, type Request, type Router } from 'express';
import { forwardSignature } from '../api/forward-signature.ts';
import { handleCall, isCallName } from '../api/handle.ts';
import type { ApiServices } from '../api/services.ts';
import type { RecordKey } from '../engine/records.ts';
import type { DeliveryFate } from '../store/webhook-notes.ts';
import type { Log } from '../logs/log.ts';
import { requestFailed, requestLog } from '../logs/requests.ts';
import { appCalls } from './app-calls.ts';
import { isRequestSigned, rawBody, textOf } from './signed-request.ts';
import { contactsNamedIn } from './webhook-events.ts';
import { workflowActions } from './workflow-actions.ts';

export interface ServiceOptions {
  readonly services: ApiServices;
  /** Names records that HubSpot says have changed; resolves when that can't be forgotten any more. */
  readonly awaken: (keys: readonly RecordKey[]) => Promise<void>;
  /** Hears what became of each delivery of webhooks. */
  readonly onWebhook?: (fate: DeliveryFate) => Promise<void>;
  /** The HubSpot app's client secret; without it webhooks and the extensions' calls are refused. */
  readonly clientSecret: string | null;
  /** Shared with functions that forward their calls here; without it such calls are refused. */
  readonly serviceSecret: string | null;
  /** Public address of this service, for signatures behind a proxy; null: what the request says. */
  readonly publicUrl: string | null;
  /** The portal this installation belongs to; without it calls of the extensions themselves are refused. */
  readonly portalId?: string | null;
  readonly preview: Router | null;
  /** Health, metrics and the log of requests; without them there is only a bare `/healthz`. */
  readonly operations?: {
    readonly health: Router;
    readonly log: Log | null;
  };
}

const FORWARD_LIFE_MS = 60_000;

export function createService(options: ServiceOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  const log = options.operations?.log ?? null;
  if (log) app.use(requestLog(log));

  if (options.operations) app.use(options.operations.health);
  else
    app.get('/healthz', (_, response) => {
      response.json({ ok: true });
    });

  const { onWebhook = () => Promise.resolve() } = options;
  app.post('/webhooks/hubspot', rawBody, async (request, response) => {
    if (!isRequestSigned(request, options)) {
      await onWebhook('refused');
      response.status(401).json({ message: 'not signed by HubSpot' });
      return;
    }
    const contacts = contactsNamedIn(parsed(textOf(request)));
    if (contacts === null) {
      response.status(400).json({ message: 'not a list of webhook events' });
      return;
    }
    // HubSpot tries again for a day when this fails.
    await options.awaken(contacts);
    await onWebhook('accepted');
    response.status(204).end();
  });

  app.post('/api/:call', rawBody, async (request, response) => {
    const { call } = request.params;
    if (!isForwarded(request, call, options.serviceSecret)) {
      response.status(401).json({
        ok: false,
        error: {
          code: 'NOT_SIGNED',
          message: 'This call is not signed with the service’s secret.',
          fix: 'Set the same TANDEM_SERVICE_SECRET for the function and the service.',
          field: null,
        },
      });
      return;
    }
    if (!isCallName(call)) {
      response.status(404).json({
        ok: false,
        error: {
          code: 'UNKNOWN_CALL',
          message: `There is no call “${call}”.`,
          fix: null,
          field: null,
        },
      });
      return;
    }
    response.json(await handleCall(call, parsed(textOf(request)), options.services));
  });

  app.use(appCalls({ portalId: null, ...options, log }));
  app.use(workflowActions({ portalId: null, ...options }));

  if (options.preview) app.use(options.preview);
  app.use(requestFailed(log));
  return app;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** `x-tandem-signature`: HMAC-SHA256, hex, over timestamp (ms), call and body; a minute old at most. */
function isForwarded(request: Request, call: string, secret: string | null): boolean {
  const timestamp = request.get('x-tandem-timestamp') ?? '';
  const given = Buffer.from(request.get('x-tandem-signature') ?? '');
  if (
    secret === null ||
    Math.abs(Date.now() - Number(timestamp)) > FORWARD_LIFE_MS ||
    timestamp === ''
  )
    return false;
  const expected = Buffer.from(forwardSignature(secret, timestamp, call, textOf(request)));
  return given.length === expected.length && timingSafeEqual(given, expected);
}
