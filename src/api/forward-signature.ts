// How a function proves to the service that a forwarded call is its own: used by both ends.
import { createHmac } from 'node:crypto';

/** HMAC-SHA256, hex, over timestamp (ms), the call's name and the body. */
export const forwardSignature = (
  secret: string,
  timestamp: string,
  call: string,
  body: string,
): string => createHmac('sha256', secret).update(`${timestamp}\n${call}\n${body}`).digest('hex');
