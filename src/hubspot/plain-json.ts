// Contacts to and from HubSpot as JSON writes and reads them. api-client itself goes through every property of every
// contact once more, to make dates of what its models call dates and back: a tenth of the processor time of a sync.
// Nobody here needs them made: `contact-rows.ts` takes stamps as texts. Addresses and headers of calls, and refusals
// with their exceptions, stay the client's own.
import {
  HttpInfo,
  type BatchInputSimplePublicObjectBatchInput,
  type BatchInputSimplePublicObjectBatchInputForCreate,
  type BatchReadInputSimplePublicObjectId,
  type RequestContext,
  type ResponseContext,
} from '@hubspot/api-client/lib/codegen/crm/contacts/index.js';
import { BasicApiResponseProcessor } from '@hubspot/api-client/lib/codegen/crm/contacts/apis/BasicApi.js';
import {
  BatchApiRequestFactory,
  BatchApiResponseProcessor,
} from '@hubspot/api-client/lib/codegen/crm/contacts/apis/BatchApi.js';
import { SearchApiResponseProcessor } from '@hubspot/api-client/lib/codegen/crm/contacts/apis/SearchApi.js';

/** The call as the client makes it of an empty batch, with the whole batch in it. */
async function withBody(call: Promise<RequestContext>, body: object): Promise<RequestContext> {
  const request = await call;
  request.setBody(JSON.stringify(body));
  return request;
}

export class PlainBatchCalls extends BatchApiRequestFactory {
  override create(body: BatchInputSimplePublicObjectBatchInputForCreate) {
    return withBody(super.create({ inputs: [] }), body);
  }

  override read(body: BatchReadInputSimplePublicObjectId, archived?: boolean) {
    const empty = { inputs: [], properties: [], propertiesWithHistory: [] };
    return withBody(super.read(empty, archived), body);
  }

  override update(body: BatchInputSimplePublicObjectBatchInput) {
    return withBody(super.update({ inputs: [] }), body);
  }
}

/** The answer as it was sent; one that is no success goes to the client. */
async function asSent<Data>(
  response: ResponseContext,
  otherwise: () => Promise<HttpInfo<Data>>,
): Promise<HttpInfo<Data>> {
  const { httpStatusCode: status, headers, body } = response;
  if (status < 200 || status > 299) return otherwise();
  return new HttpInfo(status, headers, body, JSON.parse(await body.text()) as Data);
}

export class PlainBatchAnswers extends BatchApiResponseProcessor {
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
