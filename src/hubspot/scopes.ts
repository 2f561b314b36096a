// The scopes of the HubSpot app, one by one: what each is for, and what doesn't work without it. The same ones are in
// the app's manifest and in docs/security.md, which tests compare.

export interface Scope {
  readonly name: string;
  /** The app can be installed without it. */
  readonly isOptional: boolean;
  readonly what: string;
  readonly without: string;
}

const needed = (name: string, what: string, without: string): Scope => ({
  name,
  isOptional: false,
  what,
  without,
});

export const SCOPES: readonly Scope[] = [
  needed('crm.objects.contacts.read', 'Reading contacts', 'nothing works'),
  needed(
    'crm.objects.contacts.write',
    'Writing what Salesforce has, creating contacts',
    'nothing is written to HubSpot',
  ),
  needed('crm.schemas.contacts.read', 'Properties, their types and options', 'nothing works'),
  needed('crm.schemas.contacts.write', 'Creating Tandem’s own properties', 'the first start fails'),
  needed(
    'crm.lists.read',
    'Lists to choose from, and who is in them',
    'there is no inclusion list',
  ),
  needed('crm.objects.owners.read', 'Owners, matched by e-mail', 'owners don’t sync'),
  needed(
    'settings.users.read',
    'Whether whoever changes settings is a super admin',
    'nobody can change settings or start runs',
  ),
  needed('oauth', 'Which portal this is', 'nothing works'),
  {
    name: 'communication_preferences.statuses.batch.write',
    isOptional: true,
    what: 'Passing an opt-out on to HubSpot',
    without: 'opt-outs stay in Salesforce',
  },
];
