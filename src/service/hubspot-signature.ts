// HubSpot's request signatures. v3: HMAC-SHA256 over method, URI, raw body and timestamp, at most five
// minutes old (hubspot-api §3). Ours rather than api-client's `Signature.isValid`, which takes any future
// timestamp, compares in variable time and doesn't decode the URI (hubspot-api §1.4).
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

const LONGEST_AGE_MS = 5 * 60_000;

/** Characters HubSpot decodes in the URI before signing. */
const DECODED: Readonly<Record<string, string>> = {
  '%3A': ':',
  '%2F': '/',
  '%3F': '?',
  '%40': '@',
  '%21': '!',
  '%24': '$',
  '%27': "'",
  '%28': '(',
  '%29': ')',
  '%2A': '*',
  '%2C': ',',
  '%3B': ';',
};

export interface SignedRequest {
  readonly method: string;
  /** The public address HubSpot called, query included. */
  readonly uri: string;
  /** As received, before any parsing. */
  readonly body: string;
  readonly signature: string | undefined;
  /** Milliseconds since the epoch, as text. */
  readonly timestamp: string | undefined;
}

export function signatureOf(
  { method, uri, body, timestamp }: Omit<SignedRequest, 'signature'>,
  clientSecret: string,
): string {
  const decoded = uri.replaceAll(/%[0-9A-Fa-f]{2}/g, (code) => DECODED[code.toUpperCase()] ?? code);
  return createHmac('sha256', clientSecret)
    .update(`${method}${decoded}${body}${timestamp ?? ''}`)
    .digest('base64');
}

export function isSignedByHubSpot(
  request: SignedRequest,
  clientSecret: string,
  now: number,
): boolean {
  const sentAt = Number(request.timestamp ?? Number.NaN);
  if (!request.signature || !Number.isFinite(sentAt) || Math.abs(now - sentAt) > LONGEST_AGE_MS)
    return false;
  return areEqual(signatureOf(request, clientSecret), request.signature);
}

function areEqual(one: string, other: string): boolean {
  const [expected, given] = [Buffer.from(one), Buffer.from(other)];
  return expected.length === given.length && timingSafeEqual(expected, given);
}

/** v2: SHA-256, hex, over secret, method, URI and body, without a time. Workflow actions still have no other. */
export const signatureV2Of = (
  { method, uri, body }: Pick<SignedRequest, 'method' | 'uri' | 'body'>,
  clientSecret: string,
): string => createHash('sha256').update(`${clientSecret}${method}${uri}${body}`).digest('hex');

export const isSignedByHubSpotV2 = (
  request: Pick<SignedRequest, 'method' | 'uri' | 'body' | 'signature'>,
  clientSecret: string,
): boolean =>
  request.signature !== undefined &&
  areEqual(signatureV2Of(request, clientSecret), request.signature);
