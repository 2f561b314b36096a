// The long form of the schema: what describe answers, with every member a real answer has. Hidden fields
// vanish from it (salesforce-api §6, §8).
import type { FieldSpec } from '../schema/field.ts';
import type { ObjectSchema } from '../schema/schema.ts';
import { isFilterable, isSortable } from '../soql/filter.ts';
import type { Answer, Api, Call } from './call.ts';

/** GET /sobjects */
export function describeGlobal(api: Api, call: Call): Answer {
  return {
    status: 200,
    value: {
      encoding: 'UTF-8',
      maxBatchSize: 200,
      sobjects: api.database.schema.visibleObjects().map((object) => summary(object, call)),
    },
  };
}

/** GET /sobjects/{Object} */
export function basicInformation(call: Call, object: ObjectSchema): Answer {
  return { status: 200, value: { objectDescribe: summary(object, call), recentItems: [] } };
}

/** GET /sobjects/{Object}/describe */
export function describe(call: Call, object: ObjectSchema): Answer {
  return {
    status: 200,
    value: {
      actionOverrides: [],
      childRelationships: object.spec.childRelationships.map((child) => ({
        cascadeDelete: child.cascadeDelete,
        childSObject: child.childObject,
        deprecatedAndHidden: false,
        field: child.field,
        junctionIdListNames: [],
        junctionReferenceTo: [],
        relationshipName: child.name,
        restrictedDelete: false,
      })),
      compactLayoutable: true,
      defaultImplementation: null,
      extendedBy: null,
      extendsInterfaces: null,
      fields: object.visibleFields().map(describeField),
      hasSubtypes: false,
      implementedBy: null,
      implementsInterfaces: null,
      isInterface: false,
      listviewable: null,
      lookupLayoutable: null,
      namedLayoutInfos: [],
      networkScopeFieldName: null,
      recordTypeInfos: [],
      searchLayoutable: true,
      sobjectDescribeOption: 'FULL',
      supportedScopes: [{ label: `All ${object.spec.labelPlural}`, name: 'everything' }],
      ...summary(object, call),
    },
  };
}

function summary({ spec }: ObjectSchema, call: Call): Record<string, unknown> {
  const base = `/services/data/v${call.version}/sobjects/${spec.name}`;
  return {
    activateable: false,
    associateEntityType: null,
    associateParentEntity: null,
    createable: spec.createable,
    custom: false,
    customSetting: false,
    deepCloneable: false,
    deletable: spec.deletable,
    deprecatedAndHidden: false,
    feedEnabled: true,
    hasSubtypes: false,
    isInterface: false,
    isSubtype: false,
    keyPrefix: spec.keyPrefix,
    label: spec.label,
    labelPlural: spec.labelPlural,
    layoutable: true,
    mergeable: spec.name === 'Lead' || spec.name === 'Contact' || spec.name === 'Account',
    mruEnabled: true,
    name: spec.name,
    queryable: true,
    replicateable: true,
    retrieveable: true,
    searchable: true,
    triggerable: true,
    undeletable: spec.deletable && !spec.hardDeleted,
    updateable: true,
    urls: {
      sobject: base,
      describe: `${base}/describe`,
      rowTemplate: `${base}/{ID}`,
    },
  };
}

const SOAP_TYPES: Readonly<Record<string, string>> = {
  id: 'tns:ID',
  reference: 'tns:ID',
  boolean: 'xsd:boolean',
  int: 'xsd:int',
  double: 'xsd:double',
  currency: 'xsd:double',
  percent: 'xsd:double',
  date: 'xsd:date',
  datetime: 'xsd:dateTime',
  address: 'urn:address',
};
const BYTES_PER_CHARACTER = 3;

function describeField(field: FieldSpec): Record<string, unknown> {
  const filterable = isFilterable(field);
  return {
    aggregatable: filterable && field.type !== 'boolean' && field.type !== 'multipicklist',
    aiPredictionField: false,
    autoNumber: false,
    byteLength:
      field.type === 'id' || field.type === 'reference' ? 18 : field.length * BYTES_PER_CHARACTER,
    calculated: field.formula !== null,
    calculatedFormula: field.formula,
    cascadeDelete: false,
    caseSensitive: false,
    compoundFieldName: field.partOf,
    controllerName: field.controller,
    createable: field.access === 'write' || field.access === 'createOnly',
    custom: field.custom,
    defaultValue: field.type === 'boolean' ? false : null,
    defaultValueFormula: null,
    defaultedOnCreate: field.defaulted,
    dependentPicklist: field.controller !== null,
    deprecatedAndHidden: false,
    digits: field.digits,
    displayLocationInDecimal: false,
    encrypted: false,
    externalId: field.externalId,
    extraTypeInfo: field.type === 'textarea' ? 'plaintextarea' : null,
    filterable,
    filteredLookupInfo: null,
    formulaTreatNullNumberAsZero: false,
    groupable: isSortable(field) && !field.type.startsWith('date'),
    highScaleNumber: false,
    htmlFormatted: false,
    idLookup: field.idLookup,
    inlineHelpText: null,
    label: field.label,
    length: field.length,
    mask: null,
    maskType: null,
    name: field.name,
    nameField: field.nameField,
    namePointing: field.referenceTo.length > 1,
    nillable: field.nillable,
    permissionable: field.custom || (field.nillable && field.access !== 'read'),
    picklistValues: field.values.map(({ active, isDefault, label, value, validFor }) => ({
      active,
      defaultValue: isDefault,
      label,
      validFor,
      value,
    })),
    polymorphicForeignKey: field.referenceTo.length > 1,
    precision: field.precision,
    queryByDistance: field.type === 'address',
    referenceTargetField: null,
    referenceTo: field.referenceTo,
    relationshipName: field.relationship,
    relationshipOrder: null,
    restrictedDelete: false,
    restrictedPicklist: field.restricted,
    scale: field.scale,
    searchPrefilterable: field.type === 'reference',
    soapType: SOAP_TYPES[field.type] ?? 'xsd:string',
    sortable: isSortable(field),
    type: field.type,
    unique: field.unique,
    updateable: field.access === 'write' || field.access === 'updateOnly',
    writeRequiresMasterRead: false,
  };
}
