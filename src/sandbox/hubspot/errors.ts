// Refusals in HubSpot's words (hubspot-api §2.6): the body is {status, message, correlationId, category,
// subCategory?, errors?, context?}. A refused call is thrown as `Refused` and rendered at the edge; a
// refused input of a batch is the same `Refused`, caught and listed. What goes wrong without the portal
// having a say (outages, planned faults) is in `failures.ts`.

export interface ErrorDetail {
  readonly message: string;
  readonly code?: string;
  readonly in?: string;
  readonly context?: Readonly<Record<string, readonly string[]>>;
}

export interface ErrorBody {
  readonly category: string;
  readonly message: string;
  readonly subCategory?: string;
  readonly context?: Readonly<Record<string, readonly string[]>>;
  readonly errors?: readonly ErrorDetail[];
}

export class Refused extends Error {
  readonly status: number;
  readonly body: ErrorBody;
  constructor(status: number, body: ErrorBody) {
    super(body.message);
    this.status = status;
    this.body = body;
  }
}

/** One property value that was not valid, as HubSpot lists it inside the message. */
export interface InvalidValue {
  readonly isValid: false;
  readonly message: string;
  readonly error: string;
  readonly name: string;
}

export function invalidRequest(message: string, errors?: readonly ErrorDetail[]): Refused {
  return new Refused(400, {
    category: 'VALIDATION_ERROR',
    message,
    ...(errors === undefined ? {} : { errors }),
  });
}

/**
 * The list of invalid values travels as JSON inside the message (hubspot-api §2.6) and, as answers seen
 * in the wild show, again as `errors` with `context.propertyName`.
 */
export function invalidValues(invalid: readonly InvalidValue[]): Refused {
  return invalidRequest(
    `Property values were not valid: ${JSON.stringify(invalid)}`,
    invalid.map(({ message, error, name }) => ({
      message,
      code: error,
      context: { propertyName: [name] },
    })),
  );
}

/** `existingId` is null when the twin is in the same batch: HubSpot then names no id. */
export function contactExists(existingId: string | null): Refused {
  return new Refused(409, {
    category: 'CONFLICT',
    message: `Contact already exists${existingId === null ? '' : `. Existing ID: ${existingId}`}`,
  });
}

export function notFound(message = 'resource not found'): Refused {
  return new Refused(404, { category: 'OBJECT_NOT_FOUND', message });
}

/** The entry that batch answers carry for ids without a record: a normal part of a 207. */
export function objectsNotFound(
  objectType: 'CONTACT' | 'COMPANY',
  ids: readonly string[],
): ErrorBody {
  return {
    category: 'OBJECT_NOT_FOUND',
    message: `Could not get some ${objectType} objects, they may be deleted or not exist. Check that ids are valid.`,
    context: { ids },
  };
}

export function contactsNotFound(ids: readonly string[]): ErrorBody {
  return objectsNotFound('CONTACT', ids);
}

export function notUniqueProperty(property: string, portalId: string): Refused {
  return invalidRequest(
    `Unable to perform update/upsert by non-unique 0-1 property ${property} in portal ID ${portalId}`,
  );
}

export function duplicateIds(ids: readonly string[]): Refused {
  return new Refused(400, {
    category: 'VALIDATION_ERROR',
    message: `Duplicate IDs found in batch input: [${ids.join(', ')}]. IDs must be unique`,
    context: { ids },
  });
}
