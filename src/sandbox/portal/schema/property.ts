// What the portal knows of one contact property, and how the properties API shows it (hubspot-api §2.4).

export interface PropertyOption {
  readonly label: string;
  readonly value: string;
  readonly description?: string;
  readonly displayOrder: number;
  readonly hidden: boolean;
}

export interface PropertyDefinition {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly fieldType: string;
  readonly description: string;
  readonly groupName: string;
  readonly options: readonly PropertyOption[];
  readonly displayOrder: number;
  readonly hidden: boolean;
  readonly formField: boolean;
  /** HubSpot's own, as against one that an admin or an app created. */
  readonly hubspotDefined: boolean;
  readonly calculated: boolean;
  /** The API refuses to write it, though it isn't calculated. */
  readonly readOnlyValue: boolean;
  readonly hasUniqueValue: boolean;
  /** `OWNER` when the value is an owner's id; its options then live outside the property. */
  readonly referencedObjectType: string | null;
  /** ISO; null for HubSpot's own. */
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
}

/** The two options every bool property has, whatever their labels. */
export const BOOLEAN_OPTIONS: readonly PropertyOption[] = [
  { label: 'Yes', value: 'true', displayOrder: 0, hidden: false },
  { label: 'No', value: 'false', displayOrder: 1, hidden: false },
];

export function optionsFrom(
  entries: readonly (string | readonly [value: string, label: string])[],
): PropertyOption[] {
  return entries.map((entry, displayOrder) => {
    const [value, label] = typeof entry === 'string' ? [entry, entry] : entry;
    return { label, value, displayOrder, hidden: false };
  });
}

/** A property as the API answers with it. */
export function presentProperty(property: PropertyDefinition): Record<string, unknown> {
  const { readOnlyValue, createdAt, updatedAt, referencedObjectType, ...shown } = property;
  return {
    ...(updatedAt === null ? {} : { updatedAt }),
    ...(createdAt === null ? {} : { createdAt }),
    ...shown,
    externalOptions: referencedObjectType === 'OWNER',
    ...(referencedObjectType === null ? {} : { referencedObjectType }),
    archived: false,
    modificationMetadata: {
      archivable: !property.hubspotDefined,
      readOnlyDefinition: property.hubspotDefined,
      readOnlyOptions: property.hubspotDefined && property.type !== 'enumeration',
      readOnlyValue: readOnlyValue || property.calculated,
    },
    dataSensitivity: 'non_sensitive',
  };
}
