// Salesforce's refusals in its own words: code, sentence, blamed fields, HTTP status. One function for
// each, so that a test and the stand-in can't drift apart. A single-row call answers an array of
// {message, errorCode, fields}; a collection puts {statusCode, message, fields} on the row
// (salesforce-api §4, §5). How whole calls fail from outside is `failures.ts`.

export interface Refusal {
  readonly errorCode: string;
  readonly message: string;
  /** Null where the API leaves `fields` out of the body. */
  readonly fields: readonly string[] | null;
  /** What a duplicate rule found. */
  readonly duplicateResult?: unknown;
}

/** Ends a call (or one row of a collection) with one or more refusals. */
export class SalesforceError extends Error {
  readonly status: number;
  readonly refusals: readonly Refusal[];

  constructor(status: number, refusals: readonly Refusal[]) {
    super(refusals.map((refusal) => `${refusal.errorCode}: ${refusal.message}`).join('; '));
    this.name = 'SalesforceError';
    this.status = status;
    this.refusals = refusals;
  }

  /** The first refusal's code: what most callers look at. */
  get errorCode(): string {
    return this.refusals[0]?.errorCode ?? 'UNKNOWN_EXCEPTION';
  }

  body(): unknown[] {
    return this.refusals.map(({ errorCode, message, fields, duplicateResult }) => ({
      // So it is spelt in these answers (seen in API 51 to 54).
      ...(duplicateResult === undefined ? {} : { duplicateResut: duplicateResult }),
      message,
      errorCode,
      ...(fields === null ? {} : { fields }),
    }));
  }
}

/** A body the JSON reader itself chokes on: it refuses the whole call, even a collection of 200 rows. */
export class UnreadableBody extends SalesforceError {
  /** Says where in the body the reader stopped, as the API does: just behind the value. */
  locatedIn(body: string, value: string): UnreadableBody {
    const before = body.slice(0, body.indexOf(value) + value.length);
    const line = before.split('\n').length;
    const column = before.length - before.lastIndexOf('\n');
    return new UnreadableBody(
      this.status,
      this.refusals.map((refused) => ({
        ...refused,
        message: `${refused.message} at [line:${line}, column:${column}]`,
      })),
    );
  }
}

/** A value of the wrong JSON type for its field. */
export class WrongJsonType extends UnreadableBody {
  readonly value: string;
  constructor(refusals: readonly Refusal[], value: string) {
    super(400, refusals);
    this.value = value;
  }
}

function refusal(
  errorCode: string,
  message: string,
  fields: readonly string[] | null = [],
): Refusal {
  return { errorCode, message, fields };
}

export function fail(
  status: number,
  errorCode: string,
  message: string,
  fields: readonly string[] | null = null,
): SalesforceError {
  return new SalesforceError(status, [refusal(errorCode, message, fields)]);
}

// Whole calls.
export const notFound = (): SalesforceError =>
  fail(404, 'NOT_FOUND', 'The requested resource does not exist');
export const noSuchExternalId = (value: string): SalesforceError =>
  fail(
    404,
    'NOT_FOUND',
    `Provided external ID field does not exist or is not accessible: ${value}`,
  );
export const methodNotAllowed = (method: string): SalesforceError =>
  fail(405, 'METHOD_NOT_ALLOWED', `HTTP Method '${method}' not allowed. Allowed are HEAD,GET,POST`);
export const invalidSession = (): SalesforceError =>
  fail(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
export const requestLimitExceeded = (): SalesforceError =>
  fail(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
export const tooManyRecords = (verb: string, limit: number): SalesforceError =>
  fail(
    400,
    'EXCEEDED_ID_LIMIT',
    `record limit reached. cannot ${verb} more than ${limit} records into this call`,
  );
export const preconditionFailed = (): SalesforceError =>
  fail(
    412,
    'PRECONDITION_FAILED',
    'The record was modified after the date given in If-Unmodified-Since',
  );

// Bodies that can't be read as the object they claim to be.
export const unknownColumn = (name: string, object: string): UnreadableBody =>
  new UnreadableBody(400, [
    refusal('INVALID_FIELD', `No such column '${name}' on sobject of type ${object}`, null),
  ]);
export const cannotDeserialize = (type: string, token: string, value: string): WrongJsonType =>
  new WrongJsonType(
    [
      refusal(
        'JSON_PARSER_ERROR',
        `Cannot deserialize instance of ${type} from ${token} value ${value} or request may be missing a required field`,
        null,
      ),
    ],
    value,
  );
export const unreadableJson = (detail: string): UnreadableBody =>
  new UnreadableBody(400, [refusal('JSON_PARSER_ERROR', detail, null)]);

// One row.
export const notWritable = (fields: readonly string[]): Refusal =>
  refusal(
    'INVALID_FIELD_FOR_INSERT_UPDATE',
    `Unable to create/update fields: ${fields.join(', ')}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`,
    fields,
  );
export const idOnInsert = (): Refusal =>
  refusal('INVALID_FIELD_FOR_INSERT_UPDATE', 'cannot specify Id in an insert call', ['Id']);
export const idMissing = (): Refusal =>
  refusal('MISSING_ARGUMENT', 'Id not specified in an update call');
export const externalIdMissing = (field: string): Refusal =>
  refusal('MISSING_ARGUMENT', `${field} not specified`);
export const requiredMissing = (fields: readonly string[]): Refusal =>
  refusal('REQUIRED_FIELD_MISSING', `Required fields are missing: [${fields.join(', ')}]`, fields);
export const wrongType = (label: string, field: string, value: string): Refusal =>
  refusal('INVALID_TYPE_ON_FIELD_IN_RECORD', `${label}: value not of required type: ${value}`, [
    field,
  ]);
export const tooLong = (label: string, field: string, value: string, length: number): Refusal =>
  refusal('STRING_TOO_LONG', `${label}: data value too large: ${value} (max length=${length})`, [
    field,
  ]);
export const outsideRange = (label: string, field: string, value: number): Refusal =>
  refusal(
    'NUMBER_OUTSIDE_VALID_RANGE',
    `${label}: value outside of valid range on numeric field: ${value}`,
    [field],
  );
export const badEmail = (label: string, field: string, value: string): Refusal =>
  refusal('INVALID_EMAIL_ADDRESS', `${label}: invalid email address: ${value}`, [field]);
export const badPicklistValue = (label: string, field: string, value: string): Refusal =>
  refusal(
    'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
    `${label}: bad value for restricted picklist field: ${value}`,
    [field],
  );
export const malformedId = (label: string, field: string, value: string): Refusal =>
  refusal('MALFORMED_ID', `${label}: id value of incorrect type: ${value}`, [field]);
export const idOfWrongObject = (label: string, field: string, value: string): Refusal =>
  refusal('FIELD_INTEGRITY_EXCEPTION', `${label}: id value of incorrect type: ${value}`, [field]);
/** Salesforce names no field here: which reference was bad is for the caller to find out. */
export const badReference = (): Refusal =>
  refusal('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
export const ownerBlank = (): Refusal =>
  refusal('INVALID_CROSS_REFERENCE_KEY', 'Owner ID: owner cannot be blank', ['OwnerId']);
export const inactiveOwner = (userId: string, object: string): Refusal =>
  refusal(
    'INACTIVE_OWNER_OR_USER',
    `operation performed with inactive user [${userId}] as owner of ${object.toLowerCase()}`,
  );
export const convertedLead = (): Refusal =>
  refusal('CANNOT_UPDATE_CONVERTED_LEAD', 'cannot reference converted lead');
export const entityIsDeleted = (): Refusal => refusal('ENTITY_IS_DELETED', 'entity is deleted');
export const duplicateValue = (field: string, existingId: string): Refusal =>
  refusal(
    'DUPLICATE_VALUE',
    `duplicate value found: ${field} duplicates value on record with id: ${existingId}`,
  );
export const duplicateExternalId = (value: string): Refusal =>
  refusal('DUPLICATE_VALUE', `Duplicate external id specified: ${value}`);
export const alreadyMember = (): Refusal =>
  refusal('DUPLICATE_VALUE', 'Already a campaign member.');
export const rowLocked = (id: string): Refusal =>
  refusal(
    'UNABLE_TO_LOCK_ROW',
    `unable to obtain exclusive access to this record or 1 records: ${id}`,
  );
export const rolledBack = (): Refusal =>
  refusal(
    'ALL_OR_NONE_OPERATION_ROLLED_BACK',
    'Record rolled back because not all records were valid and the request was using AllOrNone header',
  );

// What an admin's rules refuse (salesforce-api §5).
export const validationFailed = (message: string, field: string | null): Refusal =>
  refusal('FIELD_CUSTOM_VALIDATION_EXCEPTION', message, field === null ? [] : [field]);
export const triggerFailed = (object: string, isNew: boolean, thrown: string): Refusal =>
  refusal(
    'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
    `${object}Trigger: execution of Before${isNew ? 'Insert' : 'Update'}\n\ncaused by: System.DmlException: ${thrown}\n\nTrigger.${object}Trigger: line 3, column 1`,
  );

export interface Duplicates {
  readonly object: string;
  readonly against: string;
  readonly action: 'block' | 'alert';
  /** Null when the answer doesn't name them. */
  readonly ids: readonly string[] | null;
}

export function duplicatesDetected({ object, against, action, ids }: Duplicates): Refusal {
  const message = 'Use one of these records?';
  const refused = refusal('DUPLICATES_DETECTED', message);
  if (ids === null) return refused;
  const matchRecords = ids.map((id) => ({
    additionalInformation: [],
    fieldDiffs: [],
    matchConfidence: 100,
    record: {
      attributes: { type: against, url: `/services/data/v60.0/sobjects/${against}/${id}` },
      Id: id,
    },
  }));
  const duplicateResult = {
    allowSave: action === 'alert',
    duplicateRule: `Standard_${object}_Duplicate_Rule`,
    duplicateRuleEntityType: object,
    errorMessage: message,
    matchResults: [
      {
        entityType: against,
        errors: [],
        matchEngine: 'ExactMatchEngine',
        matchRecords,
        rule: `Standard_${against}_Match_Rule_v1_0`,
        size: ids.length,
        success: true,
      },
    ],
  };
  return { ...refused, duplicateResult };
}

// State and country picklists (salesforce-api §4).
export const stateWithoutCountry = (label: string, field: string): Refusal =>
  refusal(
    'FIELD_INTEGRITY_EXCEPTION',
    `A country/territory must be specified before specifying a state value for field: ${label}`,
    [field],
  );
export const stateNotOfCountry = (label: string, field: string): Refusal =>
  refusal(
    'FIELD_INTEGRITY_EXCEPTION',
    `The existing country/territory doesn't recognize the state value for field: ${label}`,
    [field],
  );
export const unknownState = (label: string, field: string): Refusal =>
  refusal(
    'FIELD_INTEGRITY_EXCEPTION',
    `There's a problem with this state, even though it may appear correct. Please select a state from the list of valid states.: ${label}`,
    [field],
  );
export const unknownCountry = (label: string, field: string): Refusal =>
  refusal(
    'FIELD_INTEGRITY_EXCEPTION',
    `There's a problem with this country, even though it may appear correct. Please select a country/territory from the list of valid countries.: ${label}`,
    [field],
  );

/** Seen for AccountId of a person account's contact; that names are refused alike is an assumption. */
export const ofPersonAccount = (fields: readonly string[]): Refusal =>
  refusal(
    'INVALID_FIELD_FOR_INSERT_UPDATE',
    `Account: bad field names on insert/update call: ${fields.join(', ')}`,
    fields,
  );
export const otherRefusal = refusal;
