// The compact form the schema files are written in: one line per field, with only what differs from the
// common case (readable, createable, updateable, may be blank). `../describe.ts` turns it into the long
// form the API answers with.
import type { SalesforceFieldType } from '../../../engine/fields.ts';

export interface PicklistValue {
  readonly value: string;
  readonly label: string;
  readonly isDefault: boolean;
  readonly active: boolean;
  /** For which values of the controlling field it can be chosen; null in an independent picklist. */
  readonly validFor: string | null;
}

/** Who may write a field through the API. */
export type Access = 'write' | 'createOnly' | 'updateOnly' | 'read';

export interface FieldSpec {
  readonly name: string;
  readonly label: string;
  readonly type: SalesforceFieldType;
  /** Characters; 0 where length means nothing. */
  readonly length: number;
  /** Digits in all and after the point, of double, currency and percent. */
  readonly precision: number;
  readonly scale: number;
  /** Most digits of an int. */
  readonly digits: number;
  readonly access: Access;
  /** May be blank. False means required, unless `defaulted`. */
  readonly nillable: boolean;
  /** Filled in on create when left out. */
  readonly defaulted: boolean;
  /** A formula: read-only and never stored. */
  readonly formula: string | null;
  readonly restricted: boolean;
  readonly values: readonly PicklistValue[];
  readonly referenceTo: readonly string[];
  readonly relationship: string | null;
  /** The picklist field that says which values of this one can be chosen. */
  readonly controller: string | null;
  /** The compound field this one is a part of. */
  readonly partOf: string | null;
  readonly externalId: boolean;
  readonly unique: boolean;
  readonly idLookup: boolean;
  readonly nameField: boolean;
  readonly custom: boolean;
}

export type Extra = Partial<Omit<FieldSpec, 'name' | 'label' | 'type'>>;

export function field(
  name: string,
  label: string,
  type: SalesforceFieldType,
  extra: Extra = {},
): FieldSpec {
  return {
    name,
    label,
    type,
    length: 0,
    precision: 0,
    scale: 0,
    digits: 0,
    access: 'write',
    nillable: true,
    defaulted: false,
    formula: null,
    restricted: false,
    values: [],
    referenceTo: [],
    relationship: null,
    controller: null,
    partOf: null,
    externalId: false,
    unique: false,
    idLookup: false,
    nameField: false,
    custom: name.endsWith('__c'),
    ...extra,
  };
}

export const text = (name: string, label: string, length: number, extra?: Extra): FieldSpec =>
  field(name, label, 'string', { length, ...extra });
export const textarea = (name: string, label: string, length: number, extra?: Extra): FieldSpec =>
  field(name, label, 'textarea', { length, ...extra });
export const phone = (name: string, label: string, extra?: Extra): FieldSpec =>
  field(name, label, 'phone', { length: 40, ...extra });
export const email = (name: string, label: string, extra?: Extra): FieldSpec =>
  field(name, label, 'email', { length: 80, ...extra });
export const url = (name: string, label: string, extra?: Extra): FieldSpec =>
  field(name, label, 'url', { length: 255, ...extra });
export const flag = (name: string, label: string, extra?: Extra): FieldSpec =>
  field(name, label, 'boolean', { nillable: false, defaulted: true, ...extra });
export const date = (name: string, label: string, extra?: Extra): FieldSpec =>
  field(name, label, 'date', extra);
export const datetime = (name: string, label: string, extra?: Extra): FieldSpec =>
  field(name, label, 'datetime', extra);
export const int = (name: string, label: string, digits: number, extra?: Extra): FieldSpec =>
  field(name, label, 'int', { digits, ...extra });
export const currency = (name: string, label: string, extra?: Extra): FieldSpec =>
  field(name, label, 'currency', { precision: 18, ...extra });

export const number = (
  name: string,
  label: string,
  precision: number,
  scale: number,
  extra?: Extra,
): FieldSpec => field(name, label, 'double', { precision, scale, ...extra });

/** A value may carry its label and a star for the default: `Matched|In Sync`, `*Planned`. */
export function picklist(
  name: string,
  label: string,
  values: readonly string[],
  extra?: Extra,
): FieldSpec {
  return field(name, label, 'picklist', {
    length: name.endsWith('__c') ? 255 : 40,
    values: values.map((entry) => {
      const isDefault = entry.startsWith('*');
      const [value = '', shown = value] = (isDefault ? entry.slice(1) : entry).split('|');
      return { value, label: shown, isDefault, active: true, validFor: null };
    }),
    ...extra,
  });
}

export const reference = (
  name: string,
  label: string,
  referenceTo: readonly string[],
  relationship: string,
  extra?: Extra,
): FieldSpec =>
  field(name, label, 'reference', { length: 18, referenceTo, relationship, ...extra });

/** What one object is, besides its fields. */
export interface ObjectSpec {
  readonly name: string;
  readonly label: string;
  readonly labelPlural: string;
  readonly keyPrefix: string;
  readonly createable: boolean;
  readonly deletable: boolean;
  /** Deleting leaves no row behind, not even for queryAll. */
  readonly hardDeleted: boolean;
  readonly fields: readonly FieldSpec[];
  readonly childRelationships: readonly ChildRelationship[];
}

export interface ChildRelationship {
  readonly name: string;
  readonly childObject: string;
  readonly field: string;
  /** Deleting the parent deletes the children. */
  readonly cascadeDelete: boolean;
}
