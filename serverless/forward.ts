// Sends a call to the Tandem service, for accounts whose functions cannot reach the database themselves. The
// service answers as the function would; it knows the function by its signature
// (src/service/app.ts checks it).
import type { Answer, ApiError, CallName } from '../src/api/contract.ts';
import { forwardSignature } from '../src/api/forward-signature.ts';

export interface Service {
  readonly url: string;
  /** Shared by functions and service. */
  readonly secret: string;
}

const refused = (error: Omit<ApiError, 'field'>): Answer<unknown> => ({
  ok: false,
  error: { ...error, field: null },
});

/** Only the shape that tells an answer from any other JSON; what is in it has been checked by the service. */
function isAnswer(body: unknown): body is Answer<unknown> {
  if (typeof body !== 'object' || body === null || !('ok' in body)) return false;
  if (body.ok === true) return 'value' in body;
  return body.ok === false && 'error' in body && typeof body.error === 'object';
}

/** Forwards one call. Never fails: what goes wrong is an answer too. */
export async function forward(
  service: Service,
  name: CallName,
  parameters: unknown,
  signal: AbortSignal,
): Promise<Answer<unknown>> {
  if (!URL.canParse(service.url)) {
    return refused({
      code: 'NOT_CONFIGURED',
      message: 'The secret TANDEM_SERVICE_URL is not an address.',
      fix: 'Set it to the address of the Tandem service, such as https://tandem.example.com.',
    });
  }
  const body = JSON.stringify(parameters ?? {});
  const timestamp = String(Date.now());
  const signature = forwardSignature(service.secret, timestamp, name, body);
  const address = new URL(`api/${name}`, `${service.url.replace(/\/+$/, '')}/`);
  try {
    const response = await fetch(address, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-tandem-timestamp': timestamp,
        'x-tandem-signature': signature,
      },
      body,
      redirect: 'error',
      signal,
    });
    const answer: unknown = await response.json();
    if (isAnswer(answer)) return answer;
    return refused({
      code: 'SERVICE_FAILED',
      message: `The Tandem service answered with status ${response.status} and something that is not an answer.`,
      fix: `Check that ${address.origin} is the Tandem service.`,
    });
  } catch {
    return refused({
      code: 'SERVICE_UNREACHABLE',
      message: `The Tandem service at ${address.origin} did not answer.`,
      fix: 'Check that the service runs and that HubSpot can reach it.',
    });
  }
}
