// All objects of the sample org, looked up without regard to case, as the API does. An org may differ
// from the schema files: fields overridden (a picklist that isn't restricted), the external-ID field left
// out, fields hidden from the integration user by field-level security.
import { account } from './account.ts';
import { campaign, campaignMember } from './campaign.ts';
import { hubSpotIdField } from './common.ts';
import { contact } from './contact.ts';
import { flag, reference, type Extra, type FieldSpec, type ObjectSpec } from './field.ts';
import { lead } from './lead.ts';
import { placeCodeFields } from './places.ts';
import { organization } from './organization.ts';
import { group, queueSobject, user } from './user.ts';

const OBJECTS: readonly ObjectSpec[] = [
  lead,
  contact,
  account,
  campaign,
  campaignMember,
  user,
  group,
  queueSobject,
  organization,
];

export interface SchemaOptions {
  /** Whether Lead and Contact have the custom external-ID field `Tandem_HubSpot_Id__c`. */
  readonly withExternalId: boolean;
  /** Whether addresses have codes for state and country, which must be known places. */
  readonly stateAndCountryPicklists: boolean;
  /** Whether a contact and an account may be one person. */
  readonly personAccounts: boolean;
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
  /** Taken away from the integration user as a whole. */
  isHiddenObject = false;

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
  /** State and country picklists are on. */
  readonly hasPlaceCodes: boolean;
  readonly #byName: ReadonlyMap<string, ObjectSchema>;
  readonly #byPrefix: ReadonlyMap<string, ObjectSchema>;

  constructor(options: SchemaOptions) {
    this.hasPlaceCodes = options.stateAndCountryPicklists;
    this.objects = OBJECTS.map((spec) => {
      const overrides = options.overrides[spec.name] ?? {};
      return new ObjectSchema(
        spec,
        fieldsFor(spec, options).map((field) => ({ ...field, ...overrides[field.name] })),
      );
    });
    this.#byName = new Map(this.objects.map((object) => [object.name.toLowerCase(), object]));
    this.#byPrefix = new Map(this.objects.map((object) => [object.spec.keyPrefix, object]));
  }

  object(name: string): ObjectSchema | undefined {
    return this.#byName.get(name.toLowerCase());
  }

  /** An object the integration user may see: what the API knows. */
  visibleObject(name: string): ObjectSchema | undefined {
    const object = this.object(name);
    return object?.isHiddenObject === true ? undefined : object;
  }

  visibleObjects(): readonly ObjectSchema[] {
    return this.objects.filter((object) => !object.isHiddenObject);
  }

  /** The object an id belongs to, by its key prefix. */
  objectOfId(id: string): ObjectSchema | undefined {
    return this.#byPrefix.get(id.slice(0, 3));
  }
}

const READ: Extra = { access: 'read' };
const isPersonAccount = flag('IsPersonAccount', 'Is Person Account', READ);
const PERSON_FIELDS: Readonly<Record<string, readonly FieldSpec[]>> = {
  Contact: [isPersonAccount],
  Account: [
    isPersonAccount,
    reference('PersonContactId', 'Contact ID', ['Contact'], 'PersonContact', READ),
  ],
};

function fieldsFor(spec: ObjectSpec, options: SchemaOptions): FieldSpec[] {
  const isPerson = spec.name === 'Lead' || spec.name === 'Contact';
  return [
    ...spec.fields.flatMap((field) =>
      options.stateAndCountryPicklists && field.type === 'address'
        ? [field, ...placeCodeFields(field.name.slice(0, -'Address'.length))]
        : [field],
    ),
    ...(options.personAccounts ? (PERSON_FIELDS[spec.name] ?? []) : []),
    ...(isPerson && options.withExternalId ? [hubSpotIdField] : []),
    ...(options.extraFields[spec.name] ?? []),
  ];
}
