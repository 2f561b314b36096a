// The people and credentials every sandbox org starts with. The e-mails are those of the owners on the
// HubSpot side, so that owners can be matched; Tom has left, as people do.
import { makeId } from './ids.ts';
import type { Row } from './values.ts';

export const SANDBOX_ORGANIZATION_ID = '00D5g000000TandEAC';

export const SANDBOX_CLIENT = {
  clientId: '3MVG9tandem.sandbox.consumer.key',
  clientSecret: 'tandem-sandbox-consumer-secret',
} as const;

export const SANDBOX_REFRESH_TOKEN = '5Aep861tandem.sandbox.refresh.token';

/** The user all API calls run as; `sub` of a JWT. */
export const SANDBOX_USERNAME = 'integration@tandem.example.com';

export interface SandboxUser {
  readonly id: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly isActive: boolean;
}

const person = (
  sequence: number,
  firstName: string,
  lastName: string,
  email: string,
  isActive: boolean,
): SandboxUser => ({ id: makeId('005', sequence), firstName, lastName, email, isActive });

export const SANDBOX_USERS = {
  integration: person(1, 'Tandem', 'Integration', 'integration@example.com', true),
  maya: person(2, 'Maya', 'Okafor', 'maya.okafor@example.com', true),
  jonas: person(3, 'Jonas', 'Lindqvist', 'jonas.lindqvist@example.com', true),
  priya: person(4, 'Priya', 'Raman', 'priya.raman@example.com', true),
  tom: person(5, 'Tom', 'Becker', 'tom.becker@example.com', false),
} as const;

/** A queue that may own leads. */
export const SANDBOX_QUEUE = { id: makeId('00G', 1), name: 'Inbound Leads' } as const;

/** Those users, that queue and the org itself as rows to start with. */
export function startingRows(organizationId: string): { object: string; fields: Row }[] {
  const users = Object.values(SANDBOX_USERS).map((who) => ({
    object: 'User',
    fields: {
      Id: who.id,
      Username: who.id === SANDBOX_USERS.integration.id ? SANDBOX_USERNAME : `${who.email}.tandem`,
      FirstName: who.firstName,
      LastName: who.lastName,
      Email: who.email,
      Alias: `${who.firstName.charAt(0)}${who.lastName}`.toLowerCase().slice(0, 8),
      CommunityNickname: `${who.firstName}.${who.lastName}`.toLowerCase(),
      IsActive: who.isActive,
    },
  }));
  const queue = {
    object: 'Group',
    fields: {
      Id: SANDBOX_QUEUE.id,
      Name: SANDBOX_QUEUE.name,
      DeveloperName: 'Inbound_Leads',
      Type: 'Queue',
    },
  };
  const queueOwnsLeads = {
    object: 'QueueSobject',
    fields: { QueueId: SANDBOX_QUEUE.id, SobjectType: 'Lead' },
  };
  const organization = {
    object: 'Organization',
    fields: {
      Id: organizationId,
      Name: 'Tandem Sandbox',
      OrganizationType: 'Developer Edition',
      InstanceName: 'CS1',
      IsSandbox: true,
    },
  };
  return [...users, queue, queueOwnsLeads, organization];
}
