// What HubSpot makes of two contacts (hubspot-api §2.1, and its help pages): the primary's values, blanks
// filled from the other; the later lifecycle stage and the earlier creation; the other's e-mails as
// additional ones. Whether an opt-out of the other counts is not documented; here it does. History goes
// on from the primary's, and of the other's only the values that were taken over are kept.
import type { ChangeSource } from '../auth.ts';
import { additionalEmails, mergedIds, type ContactRow } from './row.ts';

/** HubSpot's limit of merged identities. */
export const MOST_IDENTITIES = 250;

/** Stages in the order of the funnel; a stage of the portal's own counts as none. */
const FUNNEL = [
  'subscriber',
  'lead',
  'marketingqualifiedlead',
  'salesqualifiedlead',
  'opportunity',
  'customer',
  'evangelist',
];

export interface Merged {
  readonly row: ContactRow;
  /** How many properties the primary got from the other. */
  readonly moved: number;
}

/** @param at milliseconds @param id the survivor's: a new one, or the primary's */
export function merged(
  primary: ContactRow,
  other: ContactRow,
  { id, at, source }: { id: string; at: number; source: ChangeSource },
): Merged {
  const filled = Object.entries(other.values).filter(
    ([name]) => primary.values[name] === undefined && !OWN_TO_EACH.has(name),
  );
  const changes: Record<string, string> = Object.fromEntries(filled);
  const stage = laterStage(primary.values.lifecyclestage, other.values.lifecyclestage);
  if (stage !== undefined && stage !== primary.values.lifecyclestage)
    changes.lifecyclestage = stage;
  const email = primary.values.email ?? other.values.email;
  const emails = [...additionalEmails(primary), other.values.email, ...additionalEmails(other)];
  const additional = new Set(emails.filter((one) => one !== undefined && one !== email));
  if (additional.size > 0) changes.hs_additional_emails = [...additional].join(';');
  const gone = [...mergedIds(primary), ...mergedIds(other), primary.id, other.id];
  changes.hs_merged_object_ids = [...new Set(gone)].filter((one) => one !== id).join(';');
  changes.hs_calculated_merged_vids = [
    ...mergeTimes(primary),
    ...mergeTimes(other),
    ...[primary.id, other.id].filter((one) => one !== id).map((one) => `${one}:${at}`),
  ].join(';');
  const row: ContactRow = {
    id,
    createdAt: Math.min(primary.createdAt, other.createdAt),
    modifiedAt: at,
    archivedAt: null,
    values: { ...primary.values, ...changes },
    log: { at, source, values: changes, previous: primary.log },
  };
  return { row, moved: filled.length };
}

const OWN_TO_EACH = new Set([
  'hs_additional_emails',
  'hs_merged_object_ids',
  'hs_calculated_merged_vids',
]);

const mergeTimes = ({ values }: ContactRow): string[] =>
  (values.hs_calculated_merged_vids ?? '').split(';').filter(Boolean);

function laterStage(one: string | undefined, other: string | undefined): string | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return FUNNEL.indexOf(other) > FUNNEL.indexOf(one) ? other : one;
}
