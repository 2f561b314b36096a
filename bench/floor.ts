// The least number of API calls for each scenario: how every term is counted is in docs/floor.md.

export interface FloorTerm {
  readonly why: string;
  readonly calls: number;
}

const perCall = (records: number, size: number): number => Math.ceil(records / size);

export const campaignsFloor = (people: number): FloorTerm => ({
  why: 'read the campaigns of everybody, 2,500 a call',
  calls: perCall(people, 2_500),
});

/** Salesforce leads and contacts that were never synced; some of them HubSpot doesn't have yet. */
export function importFloor({
  leads,
  contacts,
  unknownToHubSpot,
}: {
  readonly leads: number;
  readonly contacts: number;
  readonly unknownToHubSpot: number;
}): FloorTerm[] {
  const people = leads + contacts;
  return [
    { why: 'read leads, 2,000 a query', calls: perCall(leads, 2_000) },
    { why: 'read contacts, 2,000 a query', calls: perCall(contacts, 2_000) },
    {
      why: 'who else has these e-mails in Salesforce, 400 a query for both objects',
      calls: perCall(people, 400),
    },
    { why: 'who has these e-mails in HubSpot, 100 a batch read', calls: perCall(people, 100) },
    campaignsFloor(people),
    { why: 'create in HubSpot, 100 a batch', calls: perCall(unknownToHubSpot, 100) },
  ];
}

/** Pairs found by e-mail, already read, where each side lacks something the other has. */
export const pairingFloor = (pairs: number): FloorTerm[] => [
  { why: 'update HubSpot’s side of pairs, 100 a batch', calls: perCall(pairs, 100) },
  { why: 'update Salesforce’s side of pairs, 200 a collection', calls: perCall(pairs, 200) },
];

/** Our own writes come back as changes; a poll can't tell before it looks. */
export const hubspotEchoFloor = (written: number): FloorTerm[] => [
  { why: 'find our own writes in HubSpot’s search, 200 a page', calls: perCall(written, 200) },
];
export const salesforceEchoFloor = (written: number): FloorTerm[] => [
  { why: 'find our own writes in Salesforce, 2,000 a query', calls: perCall(written, 2_000) },
];

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
    ...hubspotEchoFloor(changes),
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
    ...salesforceEchoFloor(changes),
  ];
}

/** One look on each side that finds nothing. */
export const LOOK: FloorTerm[] = [
  { why: 'one look at Salesforce', calls: 1 },
  { why: 'one look at HubSpot', calls: 1 },
];

export const sum = (terms: readonly FloorTerm[]): number =>
  terms.reduce((total, { calls }) => total + calls, 0);
