// How the values of one mapped pair of fields are compared and carried over. A conversion has one
// canonical form, chosen so that writing a value and reading it back gives the same canonical value: the
// coarser of the two sides (a range where one side keeps ranges, the option of the Salesforce picklist, the
// day where one side keeps no time of day). One file for each kind of value in `conversion/`.
import { checkboxConversion } from './conversion/checkbox.ts';
import { employeeRangeConversion } from './conversion/employee-range.ts';
import { encryptedConversion } from './conversion/encrypted.ts';
import { lookupConversion } from './conversion/lookup.ts';
import { numberConversion } from './conversion/number.ts';
import { optionConversion } from './conversion/option.ts';
import { placeConversion } from './conversion/place.ts';
import { emailConversion, textConversion } from './conversion/text.ts';
import { timeConversion } from './conversion/time.ts';
import type { Special, ValuePair } from './defaults.ts';
import type { HubSpotProperty, SalesforceField } from './fields.ts';
import type { CanonicalValue } from './link.ts';
import { ownerConversion } from './owner-conversion.ts';
import type { OwnerMap } from './owners.ts';
import type { Reason } from './reasons.ts';
import type { SalesforceValue } from './records.ts';
import { hubspotKind, salesforceKind } from './types.ts';
import type { Read, Written } from './values.ts';

/** Never throws, whatever a CRM holds: what can't be carried over fails with a reason. */
export interface Conversion {
  fromHubSpot(raw: string | null): Read;
  fromSalesforce(raw: SalesforceValue): CanonicalValue;
  /** For a value that is not blank. */
  toHubSpot(value: string | number | boolean): Written<string>;
  toSalesforce(value: string | number | boolean): Written<SalesforceValue>;
  /** Why nothing, not even a blank, goes to Salesforce; absent where values go both ways. */
  readonly onlyFromSalesforce?: (value: CanonicalValue) => Reason;
}

export interface ConversionSpec {
  readonly property: HubSpotProperty;
  readonly field: SalesforceField;
  /** Values that mean the same and are spelt differently; the first pair with a value speaks for it. */
  readonly valueMap: readonly ValuePair[];
  /** True for the built-in map, which yields to options of the same name. An admin's doesn't. */
  readonly valueMapIsDefault: boolean;
  readonly special: Special | null;
  readonly owners: OwnerMap;
  /** IANA name: which day a moment belongs to. */
  readonly timeZone: string;
}

/** The conversion between two fields whose types go together (`compatibility` says which do). */
export function conversionFor(spec: ConversionSpec): Conversion {
  const { property, field, special, valueMap } = spec;
  const inHubSpot = hubspotKind(property);
  if (special === 'place') return placeConversion(spec);
  if (special === 'owner') return ownerConversion(spec);
  if (special === 'employeeRange' && inHubSpot === 'select') return employeeRangeConversion(spec);
  switch (salesforceKind(field)) {
    case 'boolean':
      return checkboxConversion;
    case 'int':
    case 'decimal':
    case 'currency':
    case 'percent':
      return numberConversion(spec);
    case 'date':
    case 'datetime':
      return timeConversion(spec);
    case 'picklist':
    case 'combobox':
      return optionConversion(spec, { multiple: false });
    case 'multipicklist':
      return optionConversion(spec, { multiple: true });
    case 'user':
      return inHubSpot === 'owner' ? ownerConversion(spec) : lookupConversion(spec);
    case 'reference':
    case 'id':
      return lookupConversion(spec);
    case 'encrypted':
      return encryptedConversion(spec);
    case 'email':
      if (inHubSpot === 'text') return emailConversion(spec);
      break;
    default:
  }
  if (inHubSpot === 'checkboxes') return optionConversion(spec, { multiple: true });
  return inHubSpot === 'select' || (inHubSpot === 'text' && valueMap.length > 0)
    ? optionConversion(spec, { multiple: false })
    : textConversion(spec);
}
