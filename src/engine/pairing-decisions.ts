// What a person decides about a pair: these two belong together (pin), or this record isn't that contact
// (break). Only the memory of links changes here; the next sync of everybody concerned does the rest.
import type { SalesforceObject } from './fields.ts';
import type { Link, LinkContent } from './link.ts';
import { reason } from './reasons.ts';
import { type FieldWrite } from './outcome.ts';
import { EMPTY_LINK } from './settle.ts';

export interface Decided {
  readonly existing: Link | null;
  readonly absorbs: readonly Link[];
  readonly content: LinkContent;
  readonly changes: readonly FieldWrite[];
}

export interface LinksConcerned {
  readonly ofContact: Link | null;
  readonly ofRecord: Link | null;
}

interface Together {
  readonly hubspotId: string;
  readonly salesforceId: string;
  readonly salesforceObject: SalesforceObject;
}

const EVERYTHING_FORGOTTEN = {
  base: {},
  refused: {},
  fieldReasons: {},
  leftDifferent: {},
  creatingSince: null,
  attempts: 0,
} as const;

/** Looked at again at once, by whoever comes next. */
const lookAgain = (now: string): Pick<LinkContent, 'state' | 'reason' | 'retryAt'> => ({
  state: 'waiting',
  reason: reason('PAIRING_CHANGED'),
  retryAt: now,
});

const pairing = (before: string | null, after: string | null, why: string): FieldWrite => ({
  side: 'pair',
  field: 'salesforceId',
  before,
  after,
  why,
});

/** Pairs a contact with a record for good, whoever either was paired with before. */
export function pin(
  together: Together,
  { ofContact, ofRecord }: LinksConcerned,
  now: string,
): Decided[] {
  const { hubspotId, salesforceId, salesforceObject } = together;
  const before = ofContact?.salesforceId ?? null;
  const isPair = before === salesforceId;
  const known = ofContact ?? EMPTY_LINK;
  const pinned: Decided = {
    existing: ofContact,
    absorbs: ofRecord && ofRecord !== ofContact && ofRecord.hubspotId === null ? [ofRecord] : [],
    content: {
      ...contentOf(known),
      ...(isPair ? {} : EVERYTHING_FORGOTTEN),
      ...lookAgain(now),
      hubspotId,
      salesforceId,
      salesforceObject,
      pinned: true,
      keptApart: known.keptApart.filter((id) => id !== salesforceId),
    },
    changes: [pairing(before, salesforceId, 'PINNED')],
  };
  const decided = [pinned];
  if (ofContact && before !== null && !isPair) decided.push(recordAlone(ofContact, now));
  if (ofRecord && ofRecord !== ofContact && ofRecord.hubspotId !== null)
    decided.push(contactAlone(ofRecord, salesforceId, now));
  return decided;
}

/** Parts a contact from its record; no rule pairs the two again. */
export function breakPair(link: Link, now: string): Decided[] {
  return link.hubspotId === null || link.salesforceId === null
    ? []
    : [contactAlone(link, link.salesforceId, now), recordAlone(link, now)];
}

function contactAlone(link: Link, salesforceId: string, now: string): Decided {
  return {
    existing: link,
    absorbs: [],
    content: {
      ...contentOf(link),
      ...EVERYTHING_FORGOTTEN,
      ...lookAgain(now),
      salesforceId: null,
      salesforceObject: null,
      salesforceModifiedAt: null,
      pinned: false,
      keptApart: [...new Set([...link.keptApart, salesforceId])],
    },
    changes: [pairing(salesforceId, null, 'BROKEN')],
  };
}

/** A row of its own for the record that a contact has let go. */
function recordAlone(link: Link, now: string): Decided {
  return {
    existing: null,
    absorbs: [],
    content: {
      ...EMPTY_LINK,
      ...lookAgain(now),
      salesforceId: link.salesforceId,
      salesforceObject: link.salesforceObject,
    },
    changes: [],
  };
}

function contentOf(known: LinkContent): LinkContent {
  const { hubspotModifiedAt, salesforceModifiedAt, lastSyncedAt, base, refused } = known;
  const { fieldReasons, leftDifferent, keptApart } = known;
  return {
    ...EMPTY_LINK,
    hubspotId: known.hubspotId,
    salesforceId: known.salesforceId,
    salesforceObject: known.salesforceObject,
    hubspotModifiedAt,
    salesforceModifiedAt,
    lastSyncedAt,
    base,
    refused,
    fieldReasons,
    leftDifferent,
    keptApart,
  };
}
