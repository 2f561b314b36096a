// Endpoints as a label: the shape of a path without ids, and no more of them than a time-series database
// takes, whatever a caller hands in.

/** Path segments that name one record, list, job or query locator. */
const ID_SEGMENT = [
  /^\d+$/,
  // Salesforce's ids: 15 or 18 characters; a query locator adds a number.
  /^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?(?:-\d+)?$/,
  /^[0-9a-f]{8}-?[0-9a-f-]{8,}$/i,
  /@|%40/,
  /^[^/]{40,}$/,
];
/** Words of 15 or 18 letters are names of endpoints; ids have digits. */
const isId = (segment: string): boolean =>
  ID_SEGMENT.some((pattern) => pattern.test(segment)) && /[\d@%]|^.{40,}$/.test(segment);

export class EndpointLabels {
  readonly #most: number;
  readonly #seen = new Set<string>();

  constructor(most = 100) {
    this.#most = most;
  }

  /** `POST /crm/objects/2026-09/contacts/51?archived=false` → `POST /crm/objects/2026-09/contacts/:id`. */
  of(endpoint: string): string {
    const [path = ''] = endpoint.split(/[?#]/);
    const label = path
      .split('/')
      .map((segment) => (isId(segment) ? ':id' : segment))
      .join('/');
    if (this.#seen.has(label)) return label;
    if (this.#seen.size >= this.#most) return 'other';
    this.#seen.add(label);
    return label;
  }
}
