// The preview's routes: the page at `/`, its files and the extensions' bundles under `/preview/`, and the calls of
// contract.ts. Where the people, values and changes come from is the caller's business, behind
// `PreviewDependencies`; this file checks what comes in and shapes what goes out.
import { resolve } from 'node:path';
import express, { Router } from 'express';
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import type { z } from 'zod';
import { CONTRACT } from '../api/contract.ts';
import type { FunctionOutcome } from '../service/function-outcome.ts';
import {
  extensionFetchSchema,
  functionCallSchema,
  hubspotEditSchema,
  salesforceEditSchema,
} from './contract.ts';
import type {
  ActivityRow,
  EditOutcome,
  ExtensionFetch,
  FetchReply,
  PersonRow,
  PreviewConfig,
  PreviewContact,
  PreviewError,
  SalesforceValue,
} from './contract.ts';
import { onlyLoopbackHost, onlySameOriginPosts, securityHeaders } from './guards.ts';

/** What the preview shows, and what it may change. */
export interface PreviewDependencies {
  readonly config: Omit<PreviewConfig, 'variables' | 'calls'>;
  /** HubSpot's build of the extensions: `SyncCard.js`, `SettingsPage.js`. */
  readonly bundlesFolder: string;
  /** Where `buildPreviewHost` built the page. */
  readonly hostFolder: string;
  /** People whose name or email has `search` in it; the first ones of all when it is empty. */
  people(search: string): Promise<readonly PersonRow[]>;
  /** Both sides' values now, or null when there is no such contact. */
  contact(contactId: string): Promise<PreviewContact | null>;
  /** Edits as a HubSpot user would; '' clears a property. Called in the sandbox only. */
  editHubSpot(
    contactId: string,
    properties: Readonly<Record<string, string>>,
  ): Promise<EditOutcome>;
  /** Edits the paired Salesforce record as a Salesforce user would. Called in the sandbox only. */
  editSalesforce(
    contactId: string,
    fields: Readonly<Record<string, SalesforceValue>>,
  ): Promise<EditOutcome>;
  /** The latest values the sync wrote, newest first. */
  activity(): Promise<readonly ActivityRow[]>;
  runFunction(
    name: string,
    parameters: Readonly<Record<string, unknown>>,
  ): Promise<FunctionOutcome>;
  /** `hubspot.fetch`, and the address of the service that the extensions call with it. */
  readonly proxy: {
    addressSeenFrom(ownOrigin: string): string;
    fetch(request: ExtensionFetch & { readonly ownOrigin: string }): Promise<FetchReply>;
  };
}

/** A loopback name: nothing else gets past the guards. */
const originOf = (request: Request): string => `${request.protocol}://${request.get('host') ?? ''}`;

const CONTACT_ID = /^\d{1,20}$/;
const BUNDLE_NAME = /^[A-Za-z0-9_-]+\.js$/;

function refuse(response: Response, status: number, error: string): void {
  response.status(status).json({ error } satisfies PreviewError);
}

/** The checked body, or undefined after answering 400. */
function checkedBody<Schema extends z.ZodType>(
  schema: Schema,
  request: Request,
  response: Response,
): z.output<Schema> | undefined {
  const checked = schema.safeParse(request.body);
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  refuse(response, 400, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not understood'}`);
  return undefined;
}

function answerEdit(response: Response, outcome: EditOutcome): void {
  if (outcome.ok) response.json(outcome.contact);
  else refuse(response, 422, outcome.message);
}

function onlySandbox(config: Pick<PreviewConfig, 'mode'>): RequestHandler {
  return (_request, response, next) => {
    if (config.mode === 'sandbox') next();
    else refuse(response, 403, 'Records are edited here in the sandbox only.');
  };
}

const onlyContactIds: RequestHandler<{ id: string }> = (request, response, next) => {
  if (CONTACT_ID.test(request.params.id)) next();
  else refuse(response, 404, 'A HubSpot record id is digits only.');
};

const failed: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (response.headersSent) {
    next(error);
    return;
  }
  const status =
    error instanceof Error && 'status' in error && typeof error.status === 'number'
      ? error.status
      : 500;
  refuse(response, status, error instanceof Error ? error.message : String(error));
};

/**
 * The preview as an express router, to be mounted at the root of a server that listens on loopback.
 *
 * @example
 * await buildPreviewHost('dist/preview');
 * app.use(createPreviewRouter({ ...dependencies, hostFolder: 'dist/preview' }));
 */
export function createPreviewRouter(dependencies: PreviewDependencies): Router {
  const { config } = dependencies;
  const bundlesFolder = resolve(dependencies.bundlesFolder);
  const hostFolder = resolve(dependencies.hostFolder);
  const router = Router();
  const guards = [onlyLoopbackHost, onlySameOriginPosts, securityHeaders];

  router.get('/', guards, (_request: Request, response: Response) => {
    response.sendFile('index.html', { root: hostFolder, cacheControl: false });
  });

  const preview = Router();
  preview.use(guards);
  preview.use('/host', express.static(hostFolder, { index: false, cacheControl: false }));
  preview.get('/extensions/:bundle', (request, response, next) => {
    const { bundle } = request.params;
    if (!BUNDLE_NAME.test(bundle)) {
      refuse(response, 404, 'There is no such extension.');
      return;
    }
    response.sendFile(bundle, { root: bundlesFolder, cacheControl: false }, (error) => {
      if (error === undefined) return;
      if (response.headersSent) next(error);
      else refuse(response, 404, `${bundle} has not been built yet: run npm run build.`);
    });
  });

  preview.get('/config', (request, response) => {
    const TANDEM_SERVICE_URL = dependencies.proxy.addressSeenFrom(originOf(request));
    const calls = Object.keys(CONTRACT).toSorted();
    response.json({ ...config, variables: { TANDEM_SERVICE_URL }, calls } satisfies PreviewConfig);
  });
  preview.get('/people', async (request, response) => {
    const { search } = request.query;
    const people = await dependencies.people(typeof search === 'string' ? search : '');
    response.json({ people });
  });
  preview.get('/activity', async (_request, response) => {
    response.json({ changes: await dependencies.activity() });
  });
  preview.get('/contact/:id', onlyContactIds, async (request, response) => {
    const contact = await dependencies.contact(request.params.id);
    if (contact === null) refuse(response, 404, `There is no contact ${request.params.id}.`);
    else response.json(contact);
  });

  const json = express.json({ limit: '1mb' });
  const sandbox = onlySandbox(config);
  preview.post('/contact/:id/hubspot', sandbox, onlyContactIds, json, async (request, response) => {
    const body = checkedBody(hubspotEditSchema, request, response);
    if (body === undefined) return;
    answerEdit(response, await dependencies.editHubSpot(request.params.id, body.properties));
  });
  preview.post(
    '/contact/:id/salesforce',
    sandbox,
    onlyContactIds,
    json,
    async (request, response) => {
      const body = checkedBody(salesforceEditSchema, request, response);
      if (body === undefined) return;
      answerEdit(response, await dependencies.editSalesforce(request.params.id, body.fields));
    },
  );
  preview.post('/functions/:name', json, async (request, response) => {
    const body = checkedBody(functionCallSchema, request, response);
    if (body === undefined) return;
    const outcome = await dependencies.runFunction(request.params.name, body.parameters);
    // HubSpot's own status for a function that failed.
    if (outcome.ok) response.json(outcome.response);
    else response.status(400).json(outcome.body);
  });
  preview.post('/fetch', json, async (request, response) => {
    const body = checkedBody(extensionFetchSchema, request, response);
    if (body === undefined) return;
    response.json(await dependencies.proxy.fetch({ ...body, ownOrigin: originOf(request) }));
  });
  preview.use((_request, response) => {
    refuse(response, 404, 'There is nothing here.');
  });
  preview.use(failed);
  router.use('/preview', preview);
  return router;
}
