// What the sync needs from HubSpot, named by what it does. The adapter over @hubspot/api-client is
// `api-client.ts`; it splits every call into HubSpot's own batch sizes and counts what it sends.
import type { RecordError } from '../engine/errors.ts';
import type { HubSpotProperty } from '../engine/fields.ts';
import type { ListFilter } from '../engine/list-filter.ts';
import type { ContactFate, HubSpotContact } from '../engine/records.ts';

export interface HubSpotOwner {
  /** Owner id: what `hubspot_owner_id` holds (not the user id). */
  readonly id: string;
  readonly email: string | null;
  readonly name: string;
  readonly archived: boolean;
}

export interface HubSpotList {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly processingType: 'DYNAMIC' | 'MANUAL' | 'SNAPSHOT';
}

export interface PropertyToCreate {
  readonly name: string;
  readonly label: string;
  readonly type: 'string' | 'number' | 'bool' | 'enumeration' | 'date' | 'datetime';
  readonly fieldType: string;
  readonly description?: string;
  readonly hasUniqueValue?: boolean;
  readonly options?: readonly { readonly value: string; readonly label: string }[];
}

/** What became of one input of a batch; outcomes come in the order of the inputs. */
export type HubSpotWriteOutcome =
  | {
      readonly ok: true;
      readonly id: string;
      /** `updatedAt` of the answer, ISO ms. */ readonly modifiedAt: string;
    }
  | { readonly ok: false; readonly error: RecordError };

export type HubSpotProperties = Readonly<Record<string, string>>;

export interface HubSpotContacts {
  /**
   * Reads contacts by id, 100 a call. Ids that don't exist are absent from the answer. A merged-away id
   * answers with the survivor: its `id` differs from the one asked for, and it is keyed by the asked id.
   */
  readByIds(
    ids: readonly string[],
    properties: readonly string[],
  ): Promise<ReadonlyMap<string, HubSpotContact>>;

  /**
   * What became of contacts, 100 a call and again for those that don't live. Absent: never existed, or
   * erased for privacy.
   */
  fates(ids: readonly string[]): Promise<ReadonlyMap<string, ContactFate>>;

  /** Reads contacts by e-mail (primary or additional), 100 a call, keyed by the asked e-mail in lower case. */
  readByEmails(
    emails: readonly string[],
    properties: readonly string[],
  ): Promise<ReadonlyMap<string, HubSpotContact>>;

  /**
   * When each of the properties was last changed, ISO ms, from HubSpot's property history, 50 contacts a
   * call. A property that never had a value is absent, as are contacts that don't exist.
   */
  readPropertyTimes(
    ids: readonly string[],
    properties: readonly string[],
  ): Promise<ReadonlyMap<string, Readonly<Record<string, string>>>>;

  /** One page of all contacts in ascending id, 100 a call; `after` is null on the last page. */
  list(
    after: string | null,
    properties: readonly string[],
  ): Promise<{ contacts: HubSpotContact[]; after: string | null }>;

  /** How many contacts there are, or hold a value in a property; from HubSpot's lagging index. */
  count(property?: string): Promise<number>;

  /** How many of them have this value; from the same index. */
  countWith(property: string, value: string): Promise<number>;

  /** The first few in which HubSpot's own search finds all words of the text; from the same index. */
  find(text: string, properties: readonly string[], most: number): Promise<HubSpotContact[]>;

  /**
   * One page (≤ 200) of contacts whose `lastmodifieddate` is in [since, until), ascending id greater than `afterId`.
   * Comes from HubSpot's lagging index: a row may be missing or stale (hubspot-api §2.2).
   * `afterId` of the answer is null when the window is exhausted.
   */
  searchModified(
    window: { since: Date; until: Date; afterId: string | null },
    properties: readonly string[],
  ): Promise<{ contacts: HubSpotContact[]; afterId: string | null }>;

  /** Creates contacts, 100 a call, each on its own: one refusal doesn't touch the others. A taken e-mail is `CONFLICT` with `existingId`. */
  create(
    inputs: readonly {
      readonly properties: HubSpotProperties;
      /** Associated in the same call. */
      readonly companyId?: string;
    }[],
  ): Promise<HubSpotWriteOutcome[]>;

  /** Updates contacts by id, 100 a call, each on its own. An empty text clears the property. No id twice. */
  update(
    inputs: readonly { readonly id: string; readonly properties: HubSpotProperties }[],
  ): Promise<HubSpotWriteOutcome[]>;

  /** To the recycle bin, 100 a call; one that is gone already counts as done. */
  archive(ids: readonly string[]): Promise<HubSpotWriteOutcome[]>;

  /** Unsubscribes e-mails from all e-mail: the only way to set `hs_email_optout` (native-connector §11.4). */
  unsubscribeAll(emails: readonly string[]): Promise<HubSpotWriteOutcome[]>;
}

export interface HubSpotCompanies {
  /**
   * Salesforce account ids (18 characters) by company id, 100 a call; companies without one are absent.
   * Empty, without a call, for a portal that doesn't know its companies' accounts.
   */
  accountIds(companyIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /**
   * Company ids by the asked account ids, 50 a search; of several companies with one account the one with
   * the lowest id. From HubSpot's lagging index. Empty, without a call, as above.
   */
  byAccountIds(accountIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /**
   * Adds the default association, 100 a call, to those that the contact has; its first company becomes its
   * primary one. Repeatable.
   */
  associate(
    pairs: readonly { readonly contactId: string; readonly companyId: string }[],
  ): Promise<HubSpotWriteOutcome[]>;
}

export interface HubSpotLists {
  /** All contact lists (segments). */
  all(): Promise<HubSpotList[]>;
  /** Null when the list doesn't exist (any more), or Tandem may not read it. */
  get(listId: string): Promise<HubSpotList | null>;
  /** What decides who is in a dynamic list, where properties of the contact alone do; null otherwise. One call. */
  filter(listId: string): Promise<ListFilter | null>;
  /** Which of the contacts are members of the list now. */
  members(listId: string, contactIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** Which lists each of the contacts is in now, by contact id, 100 a call; absent: in none, or there is no such contact. */
  memberships(contactIds: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<string>>>;
  /**
   * One page (≤ 250) of the list's members, those who joined first before the others; a contact that left
   * and joined again counts from the last time. `after` null begins with the oldest. The answer's `after`
   * asks for the next page and is null when nobody has joined since this one. HubSpot's positions are
   * opaque and the last page has none, so to go on later ask again with the position that led to the last
   * page: it answers with that page's contacts and, behind them, those who joined in the meantime.
   *
   * @example
   * let after = kept; // null at first
   * for (;;) {
   *   const page = await lists.joined(listId, after);
   *   wake(page.members); // may have been awake already
   *   if (page.after === null) break;
   *   after = page.after;
   * }
   * keep(after);
   */
  joined(listId: string, after: string | null): Promise<JoinedPage>;
}

export interface JoinedPage {
  /** `joinedAt`: when they last joined, ISO. */
  readonly members: readonly { readonly id: string; readonly joinedAt: string }[];
  readonly after: string | null;
}

export interface HubSpotAccess {
  readonly portalId: string;
  /** STANDARD, SANDBOX, DEVELOPER_TEST, … */
  readonly accountType: string;
  /** Such as app.hubspot.com: where people sign in. */
  readonly uiDomain: string;
  /** What the app may do; null where HubSpot doesn't tell. */
  readonly scopes: readonly string[] | null;
}

export interface HubSpotSchema {
  contactProperties(): Promise<HubSpotProperty[]>;
  /** Creates the group and the properties that don't exist yet; existing ones are left alone. */
  ensureProperties(
    group: { name: string; label: string },
    properties: readonly PropertyToCreate[],
  ): Promise<void>;
  /** Groups of contact properties, as they are in HubSpot's own order. */
  propertyGroups(): Promise<{ readonly name: string; readonly label: string }[]>;
  /** `CallRejected` with what HubSpot says, such as that the name is taken (409). */
  createProperty(groupName: string, property: PropertyToCreate): Promise<void>;
  owners(): Promise<HubSpotOwner[]>;
  /** Portal id and where a contact's page is. */
  account(): Promise<{ portalId: string }>;
  /** Which portal it is and what the app may do there. Two calls at once. */
  access(): Promise<HubSpotAccess>;
}

export interface HubSpotUser {
  /** What `hubspot.fetch` calls `userId`; not an owner id. */
  readonly id: string;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly superAdmin: boolean;
}

export interface HubSpotUsers {
  /** Null when there is no such user (any more). Needs the scope `settings.users.read`. */
  get(userId: string): Promise<HubSpotUser | null>;
  /** The first hundred of the portal. */
  some(): Promise<HubSpotUser[]>;
}

export interface HubSpotPort {
  readonly contacts: HubSpotContacts;
  readonly companies: HubSpotCompanies;
  readonly lists: HubSpotLists;
  readonly schema: HubSpotSchema;
  readonly users: HubSpotUsers;
}
