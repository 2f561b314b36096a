// All objects of the sample org, looked up without regard to case, as the API does. An org may differ
// from the schema files: fields overridden (a picklist that isn't restricted), the external-ID field left
// out, fields hidden from the integration user by field-level security.
import { account } from './account.ts';
import { campaign, campaignMember } from './campaign.ts';
import { hubSpotIdField } from './common.ts';
import { contact } from './contact.ts';
import type { Extra, FieldSpec, ObjectSpec } from './field.ts';
import { lead } from './lead.ts';
import { group, user } from './user.ts';

const OBJECTS: readonly ObjectSpec[] = [
  lead,
  contact,
  account,
  campaign,
  campaignMember,
  user,
  group,
];

export interface SchemaOptions {
  /** Whether Lead and Contact have the custom external-ID field `Tandem_HubSpot_Id__c`. */
  readonly withExternalId: boolean;
  /** Facts that differ from the schema files, by object and field. */
  readonly overrides: Readonly<Record<string, Readonly<Record<string, Extra>>>>;
  /** Custom fields this org has besides. */
  readonly extraFields: Readonly<Record<string, readonly FieldSpec[]>>;
}

/** One object with its fields by lower-case name. */
export class ObjectSchema {
  readonly spec: ObjectSpec;
  readonly fields: readonly FieldSpec[];
  readonly #byName: ReadonlyMap<string, FieldSpec>;
  readonly #hidden = new Set<string>();

  constructor(spec: ObjectSpec, fields: readonly FieldSpec[]) {
    this.spec = spec;
    this.fields = fields;
    this.#byName = new Map(fields.map((field) => [field.name.toLowerCase(), field]));
  }

  get name(): string {
    return this.spec.name;
  }

  /** Any field, hidden or not: what the org itself knows. */
  field(name: string): FieldSpec | undefined {
    return this.#byName.get(name.toLowerCase());
  }

  /** A field the integration user may see: what describe and SOQL know. */
  visibleField(name: string): FieldSpec | undefined {
    return this.isHidden(name) ? undefined : this.field(name);
  }

  visibleFields(): readonly FieldSpec[] {
    return this.#hidden.size === 0
      ? this.fields
      : this.fields.filter((field) => !this.isHidden(field.name));
  }

  isHidden(name: string): boolean {
    return this.#hidden.has(name.toLowerCase());
  }

  /** Takes a field away from the integration user, as field-level security does; null gives all back. */
  hide(name: string | null): void {
    if (name === null) this.#hidden.clear();
    else this.#hidden.add(name.toLowerCase());
  }

  /** The reference field behind a parent path: `Owner` is OwnerId. */
  referenceNamed(relationship: string): FieldSpec | undefined {
    const wanted = relationship.toLowerCase();
    return this.visibleFields().find((field) => field.relationship?.toLowerCase() === wanted);
  }
}

export class Schema {
  readonly objects: readonly ObjectSchema[];
  readonly #byName: ReadonlyMap<string, ObjectSchema>;
  readonly #byPrefix: ReadonlyMap<string, ObjectSchema>;

  constructor(options: SchemaOptions) {
    this.objects = OBJECTS.map((spec) => {
      const person = spec.name === 'Lead' || spec.name === 'Contact';
      const fields = [
        ...spec.fields,
        ...(person && options.withExternalId ? [hubSpotIdField] : []),
        ...(options.extraFields[spec.name] ?? []),
      ];
      const overrides = options.overrides[spec.name] ?? {};
      return new ObjectSchema(
        spec,
        fields.map((field) => ({ ...field, ...overrides[field.name] })),
      );
    });
    this.#byName = new Map(this.objects.map((object) => [object.name.toLowerCase(), object]));
    this.#byPrefix = new Map(this.objects.map((object) => [object.spec.keyPrefix, object]));
  }

  object(name: string): ObjectSchema | undefined {
    return this.#byName.get(name.toLowerCase());
  }

  /** The object an id belongs to, by its key prefix. */
  objectOfId(id: string): ObjectSchema | undefined {
    return this.#byPrefix.get(id.slice(0, 3));
  }
}
