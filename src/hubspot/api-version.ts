// HubSpot's APIs have dated versions since 2025; @hubspot/api-client still builds v3 and v4 paths, which
// end in 2027 (hubspot-api §0, §1.4). Every path goes through here, so the version is one constant.

export const API_VERSION = '2026-09';

const REWRITES: readonly (readonly [RegExp, string])[] = [
  [/^\/crm\/v[34]\/objects\//, `/crm/objects/${API_VERSION}/`],
  [/^\/crm\/v[34]\/associations\//, `/crm/associations/${API_VERSION}/`],
  [/^\/crm\/v3\/(lists|properties|owners)(?=\/|$)/, `/crm/$1/${API_VERSION}`],
];

/** The address with its path in the dated version; paths that are dated already stay as they are. */
export function datedUrl(url: string): string {
  const address = new URL(url);
  // api-client asks for owners with a slash before the query, which would be read as an empty owner id.
  const path = address.pathname.replace(/\/+$/, '');
  address.pathname = REWRITES.reduce((rewritten, [from, to]) => rewritten.replace(from, to), path);
  return address.toString();
}
