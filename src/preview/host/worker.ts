// The worker that an extension runs in: sets up the globals that HubSpot's own worker has (hubspot-platform §6),
// loads the extension's bundle unmodified, and renders what it hands to `hubspot.extend` into the page's channel.
// It knows nothing of this particular extension, and nothing of HTML.
import { createRemoteRoot } from '@remote-ui/core';
import * as RemoteUI from '@remote-ui/react';
import { createEndpoint, retain } from '@remote-ui/rpc';
import React, { Component } from 'react';
import type { ReactElement, ReactNode } from 'react';
import type { ExtensionFetch } from '../contract.ts';
import { HOST_CALLS } from './worker-protocol.ts';
import type { ExtensionContext, HostCalls, LogLevel, WorkerCalls } from './worker-protocol.ts';

interface ServerlessOptions {
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly propertiesToSend?: readonly string[];
}
interface ExtensionApi {
  readonly context: ExtensionContext;
  readonly actions: object;
  readonly runServerlessFunction: (
    options: ServerlessOptions & { readonly name: string },
  ) => Promise<object>;
}
type RenderExtension = (api: ExtensionApi) => ReactElement;

/** The part of the worker's global scope that the DOM's types don't have. */
interface WorkerScope {
  importScripts(url: string): void;
}
const scope = globalThis as unknown as WorkerScope;

const endpoint = createEndpoint<HostCalls>(globalThis as unknown as Worker, {
  callable: [...HOST_CALLS],
});
const host = endpoint.call;

let renderExtension: RenderExtension | null = null;
let api: ExtensionApi | null = null;

/** HubSpot rejects with the generic sentence and keeps the cause to itself; ours goes to the console. */
async function serverless(name: string, options: ServerlessOptions = {}): Promise<unknown> {
  const reply = await host.callFunction(name, options.parameters ?? {});
  if (reply.ok) return reply.response;
  logger.warn(reply.detail);
  throw new Error(reply.message);
}

async function runServerlessFunction({
  name,
  ...options
}: ServerlessOptions & { readonly name: string }): Promise<object> {
  try {
    return { status: 'SUCCESS', response: await serverless(name, options) };
  } catch (error) {
    return { status: 'ERROR', message: error instanceof Error ? error.message : String(error) };
  }
}

interface FetchOptions {
  readonly method?: ExtensionFetch['method'];
  readonly body?: Readonly<Record<string, unknown>>;
}

async function hsFetch(url: string | URL, options: FetchOptions = {}): Promise<Response> {
  const { status, body } = await host.fetchAsHubSpot({
    url: String(url),
    method: options.method ?? 'GET',
    body: options.body === undefined ? '' : JSON.stringify(options.body),
  });
  if (status === 0) throw new TypeError(body);
  return new Response(body, { status, headers: { 'Content-Type': 'application/json' } });
}

function logAt(level: LogLevel) {
  return (message: unknown): void => {
    void host.log(level, String(message));
  };
}
const logger = {
  debug: logAt('debug'),
  info: logAt('info'),
  warn: logAt('warn'),
  error: logAt('error'),
};

/** The host calls that are HubSpot's `actions`; each answers nothing unless HubSpot's does. */
const actions = {
  addAlert: (alert: Parameters<HostCalls['addAlert']>[0]) => void host.addAlert(alert),
  closeOverlay: (id: string) => void host.closeOverlay(id),
  openIframeModal: (...modal: Parameters<HostCalls['openIframeModal']>) =>
    void host.openIframeModal(...modal),
  copyTextToClipboard: (text: string) => host.copyTextToClipboard(text),
  reloadPage: () => void host.reloadPage(),
  refreshObjectProperties: () => void host.refreshObjectProperties(),
  fetchCrmObjectProperties: (names: readonly string[] | '*') =>
    host.fetchCrmObjectProperties(names),
  onCrmPropertiesUpdate: (...subscription: Parameters<HostCalls['onCrmPropertiesUpdate']>) =>
    void host.onCrmPropertiesUpdate(...subscription),
  navigateToPage: () => {
    logger.warn('navigateToPage does nothing here: this app has no pages.');
  },
};

function currentApi(): ExtensionApi {
  if (api === null) throw new Error('The extension asked for its API before it was started.');
  return api;
}

function notInThePreview(what: string) {
  return (): Promise<never> =>
    Promise.reject(new Error(`${what} is HubSpot's own and isn't there in the preview.`));
}

/** Answers as HubSpot's worker does, with a `Response`. */
async function fetchCrmProperties(
  names: readonly string[],
  onUpdate: (properties: Readonly<Record<string, string | null>>) => void,
): Promise<Response> {
  const properties = await host.fetchCrmObjectProperties(names);
  void host.onCrmPropertiesUpdate(names, onUpdate);
  return new Response(JSON.stringify({ data: properties }), {
    headers: { 'Content-Type': 'application/json' },
  });
}

Object.assign(globalThis, {
  __HUBSPOT_EXTENSION_WORKER__: true,
  React,
  RemoteUI,
  extend_V2: (render: RenderExtension) => {
    renderExtension = render;
  },
  serverless,
  hsFetch,
  logger,
  hsWorkerAPI: {
    useExtensionContext: () => currentApi().context,
    useExtensionActions: () => currentApi().actions,
    useExtensionApi: () => currentApi(),
    useAppPageLocation: () => ({ path: '/', params: {} }),
    fetchCrmProperties,
    fetchCrmSearch: notInThePreview('CRM search'),
    fetchAssociations: notInThePreview('Reading associations'),
    fetchHubSpotApi: notInThePreview("HubSpot's API client"),
    formatCrmProperties: notInThePreview('Formatting properties'),
  },
});

/** An error while rendering would otherwise only empty the tree, and look like an extension that shows nothing. */
class CrashBoundary extends Component<{ readonly children?: ReactNode }, { crashed: boolean }> {
  static getDerivedStateFromError(): { crashed: boolean } {
    return { crashed: true };
  }

  override state = { crashed: false };

  override componentDidCatch(error: Error): void {
    void host.crashed(error.message);
  }

  override render(): ReactNode {
    return this.state.crashed ? null : this.props.children;
  }
}

const start: WorkerCalls['start'] = (bundleUrl, context, channel) => {
  retain(channel);
  api = { context, actions, runServerlessFunction };
  scope.importScripts(bundleUrl);
  if (renderExtension === null) throw new Error('The bundle never called hubspot.extend().');
  const root = createRemoteRoot(channel);
  RemoteUI.createRoot(root).render(React.createElement(CrashBoundary, null, renderExtension(api)));
  void root.mount();
};
endpoint.expose({ start });
