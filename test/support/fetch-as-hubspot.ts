// A request as HubSpot's proxy for `hubspot.fetch` sends it: who is signed in is in the query, and all of it is
// signed.
import { signatureOf } from '../../src/service/hubspot-signature.ts';
import type { Caller } from '../../src/api/caller.ts';

export interface HubSpotRequest {
  readonly url: string;
  readonly body: unknown;
  readonly caller: Caller;
  readonly portalId: string;
  readonly clientSecret: string;
  readonly timestamp?: number;
  /** What becomes of the address between signing and arriving. */
  readonly tamper?: (url: string) => string;
}

export function fetchAsHubSpot(request: HubSpotRequest): Promise<Response> {
  const { caller, portalId, clientSecret, tamper = (url) => url } = request;
  const url = new URL(request.url);
  url.searchParams.append('userId', caller.userId);
  url.searchParams.append('userEmail', caller.email);
  url.searchParams.append('portalId', portalId);
  const body = JSON.stringify(request.body);
  const timestamp = String(request.timestamp ?? Date.now());
  const signed = { method: 'POST', uri: url.toString(), body, timestamp };
  return fetch(tamper(url.toString()), {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-hubspot-signature-v3': signatureOf(signed, clientSecret),
      'x-hubspot-request-timestamp': timestamp,
    },
  });
}
