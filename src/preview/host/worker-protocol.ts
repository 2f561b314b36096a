// What the page and an extension's worker say to each other, through @remote-ui/rpc. The worker asks for actions
// and function calls; the page starts the extension and tells it of property changes. The rendered tree itself
// crosses by @remote-ui/core's channel, handed over in `start`.
import type { RemoteChannel } from '@remote-ui/core';
import type { ExtensionFetch, FetchReply } from '../contract.ts';
import type { JsonValue } from '../../service/function-outcome.ts';

export type ExtensionLocation =
  'crm.record.sidebar' | 'crm.record.tab' | 'crm.bulkActions' | 'settings';

/** HubSpot's `context` of an extension; `crm` is there on records, and on several of them for a bulk action. */
export interface ExtensionContext {
  readonly location: ExtensionLocation;
  readonly crm?:
    | { readonly objectId: number; readonly objectTypeId: string }
    | { readonly objectIds: readonly number[]; readonly objectTypeId: string };
  readonly user: {
    readonly id: number;
    readonly email: string;
    readonly emails: readonly string[];
    readonly firstName: string;
    readonly lastName: string;
    readonly roles: readonly string[];
    readonly teams: readonly never[];
    readonly locale: string;
    readonly language: string;
    readonly permissions: readonly string[];
  };
  readonly portal: { readonly id: number; readonly timezone: string };
  /** Of the project's profile. */
  readonly variables: Readonly<Record<string, string>>;
  readonly extension: {
    readonly appId: number;
    readonly appName: string;
    readonly cardTitle: string;
  };
}

/** A function's own answer, or HubSpot's error body that the worker turns into a rejection. */
export type FunctionReply =
  | { readonly ok: true; readonly response: JsonValue }
  | { readonly ok: false; readonly message: string; readonly detail: string };

export interface Alert {
  readonly type?: 'info' | 'warning' | 'success' | 'danger' | 'tip';
  readonly title?: string;
  readonly message: string;
}

export interface IframeModal {
  readonly uri: string;
  readonly title?: string;
  readonly width?: number;
  readonly height?: number;
}

export type CrmProperties = Readonly<Record<string, string | null>>;
export type CrmPropertiesListener = (properties: CrmProperties) => void;
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** What the worker may ask of the page. */
export interface HostCalls {
  callFunction(name: string, parameters: Readonly<Record<string, unknown>>): Promise<FunctionReply>;
  fetchAsHubSpot(request: Omit<ExtensionFetch, 'user'>): Promise<FetchReply>;
  log(level: LogLevel, message: string): void;
  /** The extension threw while rendering; nothing of it is shown any more. */
  crashed(message: string): void;
  addAlert(alert: Alert): void;
  closeOverlay(id: string): void;
  openIframeModal(modal: IframeModal, onClose?: () => void): void;
  copyTextToClipboard(text: string): Promise<void>;
  reloadPage(): void;
  refreshObjectProperties(): void;
  fetchCrmObjectProperties(names: readonly string[] | '*'): Promise<CrmProperties>;
  onCrmPropertiesUpdate(names: readonly string[] | '*', listener: CrmPropertiesListener): void;
}

export const HOST_CALLS = [
  'callFunction',
  'fetchAsHubSpot',
  'log',
  'crashed',
  'addAlert',
  'closeOverlay',
  'openIframeModal',
  'copyTextToClipboard',
  'reloadPage',
  'refreshObjectProperties',
  'fetchCrmObjectProperties',
  'onCrmPropertiesUpdate',
] as const satisfies readonly (keyof HostCalls)[];

/** What the page may ask of the worker. */
export interface WorkerCalls {
  /** Loads the bundle and renders what it hands to `hubspot.extend`. */
  start(bundleUrl: string, context: ExtensionContext, channel: RemoteChannel): void;
}
