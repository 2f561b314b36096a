// The page's calls to its own server. A refusal comes back as an Error with the server's sentence; answers are
// typed by the contract and not checked again, since both sides are one build.
import type {
  ActivityAnswer,
  ExtensionFetch,
  FetchReply,
  HubSpotEdit,
  PeopleAnswer,
  PreviewConfig,
  PreviewContact,
  PreviewError,
  SalesforceEdit,
} from '../contract.ts';
import type { FunctionErrorBody, JsonValue } from '../../service/function-outcome.ts';
import type { FunctionReply } from './worker-protocol.ts';

async function answerOf<Answer>(response: Response): Promise<Answer> {
  if (response.ok) return (await response.json()) as Answer;
  const refusal = (await response.json().catch(() => null)) as PreviewError | null;
  throw new Error(refusal?.error ?? `The preview's server answered ${response.status}.`);
}

async function read<Answer>(path: string, signal?: AbortSignal): Promise<Answer> {
  return answerOf<Answer>(await fetch(`/preview/${path}`, signal === undefined ? {} : { signal }));
}

function post(path: string, body: unknown): Promise<Response> {
  return fetch(`/preview/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
}

function contactPath(contactId: string): string {
  return `contact/${encodeURIComponent(contactId)}`;
}

export const previewApi = {
  config: (): Promise<PreviewConfig> => read('config'),
  people: (search: string): Promise<PeopleAnswer> =>
    read(`people?search=${encodeURIComponent(search)}`),
  contact: (contactId: string): Promise<PreviewContact> => read(contactPath(contactId)),
  activity: (): Promise<ActivityAnswer> => read('activity'),

  async editHubSpot(contactId: string, edit: HubSpotEdit): Promise<PreviewContact> {
    return answerOf(await post(`${contactPath(contactId)}/hubspot`, edit));
  },

  async editSalesforce(contactId: string, edit: SalesforceEdit): Promise<PreviewContact> {
    return answerOf(await post(`${contactPath(contactId)}/salesforce`, edit));
  },

  /** `hubspot.fetch`, as whoever is signed in. */
  async fetchAsHubSpot(request: ExtensionFetch): Promise<FetchReply> {
    return answerOf(await post('fetch', request));
  },

  /** Runs a function of the app; its failure is an answer here, and a rejection in the worker. */
  async callFunction(
    name: string,
    parameters: Readonly<Record<string, unknown>>,
  ): Promise<FunctionReply> {
    const response = await post(`functions/${encodeURIComponent(name)}`, { parameters });
    if (response.ok) return { ok: true, response: (await response.json()) as JsonValue };
    const body = (await response.json()) as Partial<FunctionErrorBody> & Partial<PreviewError>;
    const message = body.message ?? body.error ?? `The function answered ${response.status}.`;
    return { ok: false, message, detail: body.errors?.[0]?.message ?? message };
  },
};
