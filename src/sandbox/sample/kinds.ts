// Where a person is to be found: in one CRM, in both, twice in one, or under no e-mail address at all.

/** How many of a hundred people there are of each kind. */
export const KINDS = {
  leadOnly: 14,
  contactOnly: 9,
  hubspotOnly: 12,
  /** Signed up with an e-mail address and nothing else. */
  hubspotEmailOnly: 3,
  leadInBoth: 22,
  contactInBoth: 17,
  /** A lead and a contact with one e-mail address, and a HubSpot contact. */
  leadAndContact: 3,
  twoLeads: 3,
  twoContacts: 2,
  leadWithoutEmail: 3,
  contactWithoutEmail: 2,
  hubspotWithoutEmail: 4,
  /** A lead that became a contact. */
  converted: 3,
  /** The same, with a HubSpot contact. */
  convertedInBoth: 3,
} as const;

export type PersonKind = keyof typeof KINDS;

export const KIND_DECK: readonly PersonKind[] = (Object.keys(KINDS) as PersonKind[]).flatMap(
  (kind) => Array<PersonKind>(KINDS[kind]).fill(kind),
);
