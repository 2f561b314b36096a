// Paths of HubSpot's API: `/crm/v3/objects/…` and `/crm/objects/2026-09/…` name the same thing
// (hubspot-api §0.1, §1.4). Both become one path without version, which finds the route and names the
// endpoint for counting: `POST /crm/objects/contacts/batch/read`.
import type { SandboxRequest } from '../http.ts';
import type { Route, Routes } from './call.ts';

const DATED = '2025-09|2026-03|2026-09';

/** Where each family of paths carries its version. */
const VERSIONED: readonly RegExp[] = [
  /^(?<before>\/crm)\/(?<version>v3)(?<after>\/(?:objects|properties|lists|owners)(?:\/.*)?)$/,
  /^(?<before>\/crm)\/(?<version>v4)(?<after>\/(?:associations|objects)\/.*)$/,
  new RegExp(
    `^(?<before>/crm/(?:objects|properties|lists|owners|associations))/(?<version>${DATED})(?<after>(?:/.*)?)$`,
  ),
  /^(?<before>\/settings)\/(?<version>v3)(?<after>\/users(?:\/.*)?)$/,
  new RegExp(`^(?<before>/settings/users)/(?<version>${DATED})(?<after>(?:/.*)?)$`),
  new RegExp(`^(?<before>/account-info)/(?<version>v3|${DATED})(?<after>/.*)$`),
  /^(?<before>\/oauth)\/(?<version>v2)(?<after>\/private-apps\/.*)$/,
  new RegExp(`^(?<before>/communication-preferences)/(?<version>v4|${DATED})(?<after>/.*)$`),
];

export interface VersionedPath {
  readonly version: string;
  readonly path: string;
}

/** Undefined for a path of no known version. */
export function unversioned(path: string): VersionedPath | undefined {
  for (const pattern of VERSIONED) {
    const groups = pattern.exec(path)?.groups;
    if (!groups) continue;
    const { before = '', version = '', after = '' } = groups;
    const plain = `${before}${after}`
      .replace(/\/$/, '')
      .replace(/^\/crm\/(objects|properties)\/(?:contact|0-1)(?=\/|$)/, '/crm/$1/contacts');
    return { version, path: plain };
  }
  return undefined;
}

export interface Match {
  readonly endpoint: string;
  readonly route: Route;
  readonly version: string;
  readonly path: Readonly<Record<string, string>>;
}

interface Entry {
  readonly endpoint: string;
  readonly method: string;
  readonly parts: readonly string[];
  readonly route: Route;
}

export class Router {
  readonly #entries: readonly Entry[];

  constructor(...tables: readonly Routes[]) {
    this.#entries = tables
      .flatMap((table) => Object.entries(table))
      .map(([endpoint, route]) => {
        const [method = '', path = ''] = endpoint.split(' ');
        return { endpoint, method, parts: path.split('/'), route };
      })
      .sort((a, b) => placeholders(a) - placeholders(b));
  }

  find(request: SandboxRequest): Match | undefined {
    const versioned = unversioned(request.path);
    if (!versioned) return undefined;
    const parts = versioned.path.split('/');
    for (const entry of this.#entries) {
      const path = entry.method === request.method ? matched(entry.parts, parts) : undefined;
      if (path)
        return { endpoint: entry.endpoint, route: entry.route, version: versioned.version, path };
    }
    return undefined;
  }

  endpoint(request: SandboxRequest): string {
    return this.find(request)?.endpoint ?? `${request.method} ${request.path}`;
  }
}

function placeholders(entry: Entry): number {
  return entry.parts.filter((part) => part.startsWith('{')).length;
}

function matched(
  pattern: readonly string[],
  parts: readonly string[],
): Record<string, string> | undefined {
  if (pattern.length !== parts.length) return undefined;
  const values: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const part = parts[index] ?? '';
    if (expected.startsWith('{')) values[expected.slice(1, -1)] = decoded(part);
    else if (expected !== part) return undefined;
  }
  return values;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
