// What api-client makes of answers with contacts. Its own reading goes through every property of every contact once
// more after parsing, to make dates of what its models call dates: a tenth of the processor time of a sync. Nobody
// here needs them made: `contact-rows.ts` takes stamps as texts. Requests, and refusals with their exceptions,
// stay the client's own.
import {
  HttpInfo,
  type ResponseContext,
} from '@hubspot/api-client/lib/codegen/crm/contacts/index.js';
import { BasicApiResponseProcessor } from '@hubspot/api-client/lib/codegen/crm/contacts/apis/BasicApi.js';
import { BatchApiResponseProcessor } from '@hubspot/api-client/lib/codegen/crm/contacts/apis/BatchApi.js';
import { SearchApiResponseProcessor } from '@hubspot/api-client/lib/codegen/crm/contacts/apis/SearchApi.js';

/** The answer as it was sent; one that is no success goes to the client. */
async function asSent<Data>(
  response: ResponseContext,
  otherwise: () => Promise<HttpInfo<Data>>,
): Promise<HttpInfo<Data>> {
  const { httpStatusCode: status, headers, body } = response;
  if (status < 200 || status > 299) return otherwise();
  return new HttpInfo(status, headers, body, JSON.parse(await body.text()) as Data);
}

export class PlainBatches extends BatchApiResponseProcessor {
  override createWithHttpInfo(response: ResponseContext) {
    return asSent(response, () => super.createWithHttpInfo(response));
  }

  override readWithHttpInfo(response: ResponseContext) {
    return asSent(response, () => super.readWithHttpInfo(response));
  }

  override updateWithHttpInfo(response: ResponseContext) {
    return asSent(response, () => super.updateWithHttpInfo(response));
  }
}

export class PlainPages extends BasicApiResponseProcessor {
  override getPageWithHttpInfo(response: ResponseContext) {
    return asSent(response, () => super.getPageWithHttpInfo(response));
  }
}

export class PlainSearches extends SearchApiResponseProcessor {
  override doSearchWithHttpInfo(response: ResponseContext) {
    return asSent(response, () => super.doSearchWithHttpInfo(response));
  }
}
