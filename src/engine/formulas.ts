// Formula fields: Salesforce works them out when they are read, so their values change while the record's stamp
// stays, and no feed tells of it. Whoever reads them can tell from the link what is new.
import type { SalesforceObject } from './fields.ts';
import type { Link } from './link.ts';
import type { FieldPair, MappingTable } from './mapping.ts';
import { isAsRemembered } from './plan-fields.ts';
import type { SalesforceRecord } from './records.ts';

/** The mappings in force that read a formula field of an object. Campaigns are no field of any record. */
export const formulaPairs = ({ pairs }: MappingTable, object: SalesforceObject): FieldPair[] =>
  pairs[object].filter(
    ({ mapping, field }) =>
      field.calculated && mapping.rule !== 'off' && mapping.special !== 'campaigns',
  );

/**
 * Whether any of these fields has another value than the one both sides agreed on, or than the one it had when it
 * was left different.
 */
export const differsFromAgreed = (
  pairs: readonly FieldPair[],
  link: Link,
  record: SalesforceRecord,
): boolean =>
  pairs.some((pair) => !isAsRemembered(pair, link, { side: 'salesforce', record }, false));
