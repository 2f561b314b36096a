// Whether an Express request carries HubSpot's signature: over the address that HubSpot called, which behind a proxy
// is the public one, and the body as it came.
import express, { type Request } from 'express';
import { isSignedByHubSpot, isSignedByHubSpotV2 } from './hubspot-signature.ts';

/** Reads the body without parsing it: the signature is over these very bytes. */
export const rawBody = express.text({ type: () => true, limit: '1mb' });

export const textOf = (request: Request): string =>
  typeof request.body === 'string' ? request.body : '';

export interface Signed {
  /** The HubSpot app's client secret; without it nothing counts as signed. */
  readonly clientSecret: string | null;
  /** Public address of this service; null: what the request says. */
  readonly publicUrl: string | null;
  /** True where HubSpot may sign the older way, and a request that is sent again does no harm. */
  readonly orV2?: boolean;
}

export function isRequestSigned(
  request: Request<Record<string, string>>,
  { clientSecret, publicUrl, orV2 = false }: Signed,
): boolean {
  if (clientSecret === null) return false;
  const origin = publicUrl ?? `${request.protocol}://${request.get('host') ?? ''}`;
  const sent = {
    method: request.method,
    uri: `${origin.replace(/\/+$/, '')}${request.originalUrl}`,
    body: textOf(request),
  };
  const signature = request.get('x-hubspot-signature-v3');
  if (orV2 && signature === undefined) {
    const older = request.get('x-hubspot-signature');
    return (
      request.get('x-hubspot-signature-version') === 'v2' &&
      isSignedByHubSpotV2({ ...sent, signature: older }, clientSecret)
    );
  }
  const timestamp = request.get('x-hubspot-request-timestamp');
  return isSignedByHubSpot({ ...sent, signature, timestamp }, clientSecret, Date.now());
}
