// Takes a resource address apart, as it stands on the wire or in a subrequest, and knows how long one may
// be: about 16 KB (salesforce-api §3).

export interface Address {
  readonly version: string;
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
}

export const LONGEST_ADDRESS = 16_384;
export const VERSIONS = Array.from({ length: 39 }, (_each, place) => `${30 + place}.0`);

/** Null for anything that isn't `/services/data/vXX.X/…` of a version there is. */
export function parseAddress(path: string, query: URLSearchParams): Address | null {
  const match = /^\/services\/data\/v(\d+\.0)(\/.*)?$/.exec(path);
  const version = match?.[1];
  if (version === undefined || !VERSIONS.includes(version)) return null;
  const segments = (match?.[2] ?? '').split('/').filter(Boolean).map(decode);
  return { version, segments, query };
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** `/services/data/v60.0/query?q=…` as one piece. */
export function parseUrl(url: string): Address | null {
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  return parseAddress(path, new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1)));
}

/** Bytes of an address on the wire, as clients encode it. */
export function addressLength(path: string, query: URLSearchParams): number {
  let length = path.length;
  for (const [name, value] of query) length += name.length + 2 + encodedLength(value);
  return length;
}

function encodedLength(text: string): number {
  // encodeURIComponent leaves quotes alone, URL parsers don't.
  return encodeURIComponent(text).replaceAll("'", '%27').length;
}

/** The address with ids taken out, for counting calls by kind. */
export function endpointOf({ segments }: Address): string {
  const [first, ...rest] = segments;
  switch (first) {
    case undefined:
      return '/';
    case 'query':
    case 'queryAll':
      return rest.length === 0 ? `/${first}` : `/${first}/{locator}`;
    case 'sobjects': {
      const [object, second, third] = rest;
      if (third !== undefined) return `/sobjects/${object}/${second}/{value}`;
      const isId = second !== undefined && !['describe', 'deleted', 'updated'].includes(second);
      return `/${['sobjects', ...rest.slice(0, 1), ...(isId ? ['{id}'] : rest.slice(1))].join('/')}`;
    }
    case 'jobs': {
      const [kind = '', id, ...resource] = rest;
      return `/${[first, kind, ...(id === undefined ? [] : ['{id}']), ...resource].join('/')}`;
    }
    default:
      return `/${segments.join('/')}`;
  }
}
