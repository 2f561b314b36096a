// @hubspot/api-client's generated clients, one per API, on our own HTTP library. Only these four are
// loaded: the package's `Client` is 4.8 MB and its retries and limiter are process-wide (hubspot-api §1).
// The generated code keeps doing what it is good for: request models, paths, and typed answers.
import * as contacts from '@hubspot/api-client/lib/codegen/crm/contacts/index.js';
import * as lists from '@hubspot/api-client/lib/codegen/crm/lists/index.js';
import * as owners from '@hubspot/api-client/lib/codegen/crm/owners/index.js';
import * as properties from '@hubspot/api-client/lib/codegen/crm/properties/index.js';
import type { HubSpotHttp } from './http.ts';

/** The part of a generated client's request that matters here; the same in each of them. */
interface GeneratedRequest {
  getHttpMethod(): string;
  getUrl(): string;
  getHeaders(): Record<string, string>;
  getBody(): unknown;
}

interface GeneratedBody {
  text(): Promise<string>;
  binary(): Promise<Buffer>;
}

/** The part of a generated module that puts a client together; each module has its own copy of these types. */
interface GeneratedModule<Request extends GeneratedRequest, Response, Library, Server, Configured> {
  readonly ResponseContext: new (
    status: number,
    headers: Record<string, string>,
    body: GeneratedBody,
  ) => Response;
  readonly ServerConfiguration: new (url: string, variables: Record<string, string>) => Server;
  wrapHttpLibrary(library: { send(request: Request): Promise<Response> }): Library;
  createConfiguration(parameters: { baseServer: Server; httpApi: Library }): Configured;
}

function configure<Request extends GeneratedRequest, Response, Library, Server, Configured>(
  module: GeneratedModule<Request, Response, Library, Server, Configured>,
  http: HubSpotHttp,
  repeatable: boolean,
): Configured {
  const library = module.wrapHttpLibrary({
    send: async (request) => {
      const body = request.getBody();
      const response = await http.exchange(
        {
          method: request.getHttpMethod(),
          url: request.getUrl(),
          headers: request.getHeaders(),
          body: typeof body === 'string' ? body : null,
        },
        repeatable,
      );
      return new module.ResponseContext(
        response.status,
        { ...response.headers },
        {
          text: () => Promise.resolve(response.body),
          binary: () => Promise.resolve(Buffer.from(response.body)),
        },
      );
    },
  });
  return module.createConfiguration({
    baseServer: new module.ServerConfiguration(http.baseUrl, {}),
    httpApi: library,
  });
}

export interface GeneratedClients {
  readonly contacts: {
    readonly basic: contacts.BasicApi;
    readonly batch: contacts.BatchApi;
    /** For writes that would happen twice if they were sent again. */
    readonly batchOnce: contacts.BatchApi;
    readonly search: contacts.SearchApi;
  };
  readonly lists: lists.ListsApi;
  readonly owners: owners.OwnersApi;
  readonly properties: properties.CoreApi;
  readonly propertyBatch: properties.BatchApi;
  readonly propertyGroups: properties.GroupsApi;
}

export function generatedClients(http: HubSpotHttp): GeneratedClients {
  const forContacts = configure(contacts, http, true);
  const forProperties = configure(properties, http, true);
  return {
    contacts: {
      basic: new contacts.BasicApi(forContacts),
      batch: new contacts.BatchApi(forContacts),
      batchOnce: new contacts.BatchApi(configure(contacts, http, false)),
      search: new contacts.SearchApi(forContacts),
    },
    lists: new lists.ListsApi(configure(lists, http, true)),
    owners: new owners.OwnersApi(configure(owners, http, true)),
    properties: new properties.CoreApi(forProperties),
    propertyBatch: new properties.BatchApi(forProperties),
    propertyGroups: new properties.GroupsApi(forProperties),
  };
}
