// HubSpot's own contact properties, read from `contact-properties.tsv`: one a line with name, label,
// type, fieldType, group, access (write, read, calculated) and known options. The names, labels and
// types come from a real portal's list; which of the hs_* ones refuse a write is known for the
// calculated ones and hs_email_optout and decided for the rest: only those a person can edit accept one.
import { readFileSync } from 'node:fs';
import { DEFAULT_OPTIONS } from './options.ts';
import {
  BOOLEAN_OPTIONS,
  optionsFrom,
  type PropertyDefinition,
  type PropertyOption,
} from './property.ts';

export interface PropertyGroup {
  readonly name: string;
  readonly label: string;
  readonly displayOrder: number;
}

export const STANDARD_GROUPS: readonly PropertyGroup[] = [
  { name: 'contactinformation', label: 'Contact information', displayOrder: 0 },
  { name: 'emailinformation', label: 'Email information', displayOrder: 1 },
  { name: 'analyticsinformation', label: 'Web analytics history', displayOrder: 2 },
  { name: 'socialmediainformation', label: 'Social media information', displayOrder: 3 },
  { name: 'conversioninformation', label: 'Conversion information', displayOrder: 4 },
  { name: 'deal_information', label: 'Deal information', displayOrder: 5 },
];

function optionsOf(name: string, type: string, options: string): readonly PropertyOption[] {
  const known = DEFAULT_OPTIONS[name];
  if (known) return known;
  if (type === 'bool') return BOOLEAN_OPTIONS;
  return options === '' ? [] : optionsFrom(options.split('|'));
}

function fromLine(line: string): PropertyDefinition {
  const [name = '', label = '', type = '', fieldType = '', groupName = '', access = '', options] =
    line.split('\t');
  return {
    name,
    label,
    type,
    fieldType,
    description: '',
    groupName,
    options: optionsOf(name, type, options ?? ''),
    displayOrder: -1,
    hidden: false,
    formField: access === 'write',
    hubspotDefined: true,
    calculated: access === 'calculated',
    readOnlyValue: access !== 'write',
    hasUniqueValue: name === 'hs_object_id',
    referencedObjectType: name === 'hubspot_owner_id' ? 'OWNER' : null,
    createdAt: null,
    updatedAt: null,
  };
}

export function standardProperties(): PropertyDefinition[] {
  const table = readFileSync(new URL('contact-properties.tsv', import.meta.url), 'utf8');
  return table
    .split('\n')
    .slice(1)
    .filter((line) => line !== '')
    .map(fromLine);
}
