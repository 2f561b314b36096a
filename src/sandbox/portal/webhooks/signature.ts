// HubSpot's v3 signature (hubspot-api §3), as the sending side makes it: base64 of HMAC-SHA256 over method,
// URI, body and timestamp.
import { createHmac } from 'node:crypto';

export interface WebhookRequest {
  readonly method: 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** @param timestamp milliseconds since the epoch */
export function signedRequest(
  url: string,
  body: string,
  timestamp: number,
  clientSecret: string,
): WebhookRequest {
  const signature = createHmac('sha256', clientSecret)
    .update(`POST${url}${body}${timestamp}`)
    .digest('base64');
  return {
    method: 'POST',
    url,
    headers: {
      'content-type': 'application/json',
      'x-hubspot-signature-v3': signature,
      'x-hubspot-request-timestamp': String(timestamp),
    },
    body,
  };
}
