// api-client's generated sub-clients over our transport. The whole `Client` is 4.8 MB and 130 ms to load;
// the sub-clients are a twentieth of that, and each takes an HTTP library (hubspot-api §1.3).
import * as contacts from '@hubspot/api-client/lib/codegen/crm/contacts/index.js';
import * as lists from '@hubspot/api-client/lib/codegen/crm/lists/index.js';
import * as owners from '@hubspot/api-client/lib/codegen/crm/owners/index.js';
import * as properties from '@hubspot/api-client/lib/codegen/crm/properties/index.js';
import { PlainBatchAnswers, PlainBatchCalls, PlainPages, PlainSearches } from './plain-json.ts';
import type { HttpAnswer, HubSpotTransport } from './transport.ts';

export interface GeneratedClients {
  readonly contacts: contacts.BasicApi;
  readonly contactBatches: contacts.BatchApi;
  /** For writes that would be done twice if they were sent twice. */
  readonly contactBatchesOnce: contacts.BatchApi;
  readonly contactSearch: contacts.SearchApi;
  readonly lists: lists.ListsApi;
  readonly memberships: lists.MembershipsApi;
  readonly owners: owners.OwnersApi;
  readonly properties: properties.CoreApi;
  readonly propertyBatches: properties.BatchApi;
  readonly propertyGroups: properties.GroupsApi;
  readonly accessToken: string;
  /** For calls the generated clients don't have. */
  readonly request: (method: string, path: string, body?: unknown) => Promise<HttpAnswer>;
}

interface GeneratedRequest {
  getUrl(): string;
  getHttpMethod(): unknown;
  getHeaders(): Record<string, string>;
  getBody(): unknown;
}

/** Each generated package brings its own copy of the same HTTP classes. */
interface GeneratedHttp<Context> {
  ResponseContext: new (
    status: number,
    headers: Record<string, string>,
    body: { text(): Promise<string>; binary(): Promise<Buffer> },
  ) => Context;
}

export function generatedClients(
  accessToken: string,
  baseUrl: string,
  transport: HubSpotTransport,
): GeneratedClients {
  const headers = { authorization: `Bearer ${accessToken}` };
  const send = async (request: GeneratedRequest, repeatable: boolean): Promise<HttpAnswer> => {
    const body = request.getBody();
    return transport.send(
      {
        method: String(request.getHttpMethod()),
        url: request.getUrl(),
        headers: { ...request.getHeaders(), ...headers },
        body: typeof body === 'string' ? body : undefined,
      },
      repeatable,
    );
  };
  const answerWith =
    <Context>({ ResponseContext }: GeneratedHttp<Context>, repeatable = true) =>
    async (request: GeneratedRequest): Promise<Context> => {
      const { status, headers: answered, text } = await send(request, repeatable);
      return new ResponseContext(
        status,
        { ...answered },
        {
          text: () => Promise.resolve(text),
          binary: () => Promise.resolve(Buffer.from(text)),
        },
      );
    };
  const contactsConfiguration = contacts.createConfiguration({
    baseServer: new contacts.ServerConfiguration(baseUrl, {}),
    httpApi: contacts.wrapHttpLibrary({ send: answerWith(contacts) }),
  });
  const onceConfiguration = contacts.createConfiguration({
    baseServer: new contacts.ServerConfiguration(baseUrl, {}),
    httpApi: contacts.wrapHttpLibrary({ send: answerWith(contacts, false) }),
  });
  const listsConfiguration = lists.createConfiguration({
    baseServer: new lists.ServerConfiguration(baseUrl, {}),
    httpApi: lists.wrapHttpLibrary({ send: answerWith(lists) }),
  });
  const ownersConfiguration = owners.createConfiguration({
    baseServer: new owners.ServerConfiguration(baseUrl, {}),
    httpApi: owners.wrapHttpLibrary({ send: answerWith(owners) }),
  });
  const propertiesConfiguration = properties.createConfiguration({
    baseServer: new properties.ServerConfiguration(baseUrl, {}),
    httpApi: properties.wrapHttpLibrary({ send: answerWith(properties) }),
  });
  const batchesOver = (configuration: contacts.Configuration): contacts.BatchApi =>
    new contacts.BatchApi(
      configuration,
      new PlainBatchCalls(configuration),
      new PlainBatchAnswers(),
    );
  return {
    contacts: new contacts.BasicApi(contactsConfiguration, undefined, new PlainPages()),
    contactBatches: batchesOver(contactsConfiguration),
    contactBatchesOnce: batchesOver(onceConfiguration),
    contactSearch: new contacts.SearchApi(contactsConfiguration, undefined, new PlainSearches()),
    lists: new lists.ListsApi(listsConfiguration),
    memberships: new lists.MembershipsApi(listsConfiguration),
    owners: new owners.OwnersApi(ownersConfiguration),
    properties: new properties.CoreApi(propertiesConfiguration),
    propertyBatches: new properties.BatchApi(propertiesConfiguration),
    propertyGroups: new properties.GroupsApi(propertiesConfiguration),
    accessToken,
    request: (method, path, body) =>
      transport.send({
        method,
        url: `${baseUrl}${path}`,
        headers: { ...headers, 'content-type': 'application/json', accept: 'application/json' },
        body: body === undefined ? undefined : JSON.stringify(body),
      }),
  };
}
