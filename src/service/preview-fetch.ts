// `hubspot.fetch` in the preview, as HubSpot's proxy does it: adds who is signed in to the query, signs method,
// address and body with the app's client secret, and tries once more when the answer is 5xx. Only the service's own
// address is called (HubSpot's `permittedUrls`), on this machine, as with a mapping in HubSpot's local.json.
import type { ExtensionFetch, FetchReply } from '../preview/contract.ts';
import { signatureOf } from './hubspot-signature.ts';

export interface PreviewProxyOptions {
  readonly clientSecret: string;
  readonly portalId: string;
  /** Public address of the service; null: the one that the preview is served at. */
  readonly publicUrl: string | null;
}

export interface PreviewProxy {
  /** What the extensions are told is the service's address. */
  addressSeenFrom(ownOrigin: string): string;
  fetch(request: ExtensionFetch & { readonly ownOrigin: string }): Promise<FetchReply>;
}

const NOT_PERMITTED: FetchReply = {
  status: 403,
  body: JSON.stringify({
    status: 'error',
    message: 'The address is not one of the permittedUrls of the app.',
  }),
};

export function previewProxy(options: PreviewProxyOptions): PreviewProxy {
  const { clientSecret, portalId, publicUrl } = options;
  const addressSeenFrom = (ownOrigin: string): string =>
    (publicUrl ?? ownOrigin).replace(/\/+$/, '');
  return {
    addressSeenFrom,
    async fetch({ url, method, body, user, ownOrigin }) {
      const address = addressSeenFrom(ownOrigin);
      if (!url.startsWith(`${address}/`)) return NOT_PERMITTED;
      const named = new URL(url);
      named.searchParams.append('userId', String(user.id));
      named.searchParams.append('userEmail', user.email);
      named.searchParams.append('portalId', portalId);
      const uri = named.toString();
      const send = async (): Promise<FetchReply> => {
        const timestamp = String(Date.now());
        const response = await fetch(`${ownOrigin}${uri.slice(address.length)}`, {
          method,
          ...(method === 'GET' ? {} : { body }),
          redirect: 'manual',
          headers: {
            'content-type': 'application/json',
            'x-hubspot-signature-v3': signatureOf(
              { method, uri, body: method === 'GET' ? '' : body, timestamp },
              clientSecret,
            ),
            'x-hubspot-request-timestamp': timestamp,
          },
        });
        return { status: response.status, body: await response.text() };
      };
      const first = await send();
      return first.status >= 500 ? send() : first;
    },
  };
}
