// What HubSpot checks of a batch as a whole before it looks at any input (hubspot-api §2.1).
import { duplicateIds, invalidRequest, notUniqueProperty } from '../errors.ts';

const LARGEST_BATCH = 100;
const LARGEST_BATCH_WITH_HISTORY = 50;

export function demandLimit(inputs: number, withHistory = false): void {
  if (withHistory && inputs > LARGEST_BATCH_WITH_HISTORY)
    throw invalidRequest(
      `The maximum number of inputs supported in a batch request for property histories is ${LARGEST_BATCH_WITH_HISTORY}. Number of inputs received: ${inputs}`,
    );
  if (inputs > LARGEST_BATCH)
    throw invalidRequest(
      `The maximum number of inputs supported in a batch request is ${LARGEST_BATCH}. Number of inputs received: ${inputs}`,
    );
}

interface Named {
  readonly id: string;
  readonly idProperty?: string | undefined;
}

/** The same record twice fails the batch, with or without trace ids (seen in the wild). */
export function demandUniqueIds(inputs: readonly Named[]): void {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const { id, idProperty } of inputs) {
    const key = `${idProperty ?? ''} ${id.trim().toLowerCase()}`;
    if (seen.has(key)) twice.add(id);
    seen.add(key);
  }
  if (twice.size > 0) throw duplicateIds([...twice]);
}

/** `hs_object_id`, and for updates `email` too, are no `idProperty` although each names one record. */
export function refuseNonUnique(
  inputs: readonly Named[],
  refused: readonly string[],
  portalId: string,
): void {
  for (const { idProperty } of inputs)
    if (idProperty !== undefined && refused.includes(idProperty))
      throw notUniqueProperty(idProperty, portalId);
}
