// The least number of API calls for each scenario: how every term is counted is in docs/floor.md.

export interface FloorTerm {
  readonly why: string;
  readonly calls: number;
}

const perCall = (records: number, size: number): number => Math.ceil(records / size);

/** Salesforce leads and contacts that HubSpot doesn't know yet. */
export function importFloor(leads: number, contacts: number): FloorTerm[] {
  const people = leads + contacts;
  return [
    { why: 'read leads, 2,000 a query', calls: perCall(leads, 2_000) },
    { why: 'read contacts, 2,000 a query', calls: perCall(contacts, 2_000) },
    {
      why: 'who else has these e-mails in Salesforce, 400 a query for both objects',
      calls: perCall(people, 400),
    },
    { why: 'who has these e-mails in HubSpot, 100 a batch read', calls: perCall(people, 100) },
    { why: 'create in HubSpot, 100 a batch', calls: perCall(people, 100) },
  ];
}

/** Every HubSpot contact once. */
export const listFloor = (contacts: number): FloorTerm[] => [
  { why: 'read HubSpot contacts, 100 a page', calls: perCall(contacts, 100) },
];

/** HubSpot contacts that Salesforce doesn't know yet, already listed. */
export function pushFloor(people: number): FloorTerm[] {
  return [
    {
      why: 'who has these e-mails in Salesforce, 400 a query for both objects',
      calls: perCall(people, 400),
    },
    { why: 'create in Salesforce, 200 a collection', calls: perCall(people, 200) },
    { why: 'read what Salesforce made of them, 2,000 a call', calls: perCall(people, 2_000) },
    { why: 'write owner, status and id back to HubSpot, 100 a batch', calls: perCall(people, 100) },
  ];
}

/** Changes of linked Salesforce records, under a rule that needs HubSpot's value. */
export function salesforceChangesFloor(changes: number): FloorTerm[] {
  return [
    { why: 'read the changed records, 2,000 a query', calls: perCall(changes, 2_000) },
    { why: 'read the contacts, 100 a batch', calls: perCall(changes, 100) },
    { why: 'update the contacts, 100 a batch', calls: perCall(changes, 100) },
    { why: 'find our own writes in HubSpot’s search, 200 a page', calls: perCall(changes, 200) },
  ];
}

/** Changes of linked HubSpot contacts. */
export function hubspotChangesFloor(changes: number): FloorTerm[] {
  return [
    {
      why: 'find the changed contacts with their values, 200 a search',
      calls: perCall(changes, 200),
    },
    { why: 'read the records, 2,000 a call', calls: perCall(changes, 2_000) },
    { why: 'update the records, 200 a collection', calls: perCall(changes, 200) },
    { why: 'find our own writes, 2,000 a query', calls: perCall(changes, 2_000) },
  ];
}

/** One look on each side that finds nothing. */
export const LOOK: FloorTerm[] = [
  { why: 'one look at Salesforce', calls: 1 },
  { why: 'one look at HubSpot', calls: 1 },
];

export const sum = (terms: readonly FloorTerm[]): number =>
  terms.reduce((total, { calls }) => total + calls, 0);
