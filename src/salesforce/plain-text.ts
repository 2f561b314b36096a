// Text as the Bulk API sends it. jsforce would parse CSV into objects on its own, a whole answer at a time,
// and keep the headers to itself, in one of which the next page is named. Errors are JSON here too and stay
// jsforce's business.
import { HttpApi } from 'jsforce/lib/http-api.js';
import type { HttpResponse, Schema } from 'jsforce/lib/types/index.js';

export interface TextAnswer {
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export class PlainText<S extends Schema> extends HttpApi<S> {
  override getResponseBody({ headers, body }: HttpResponse): Promise<TextAnswer> {
    return Promise.resolve({ headers, body });
  }
}
