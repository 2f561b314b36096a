// What becomes of a pair when one of its records is deleted: native-connector §7 with the settings *leave*,
// *unlink* and *delete there too*, and §5 row 9: deletions are noticed for everybody, and cross only for those
// that sync. Who is paired with whom after conversions and merges is in `succession.test.ts`.
import { describe, expect, it } from 'vitest';
import { NOTHING_SENT } from '../../src/engine/outcome.ts';
import { plan, type Plan } from '../../src/engine/plan.ts';
import { explain, reason } from '../../src/engine/reasons.ts';
import { settle } from '../../src/engine/settle.ts';
import { contact, context, lead, link, NOW } from './fixtures.ts';
import { LEAD, pairOf } from './support/one-field.ts';
import { rowsOf } from './support/table.ts';

const EMAIL = 'ada@x.co';
const OUTSIDE = reason('NOT_IN_INCLUSION_LIST', { list: 'Customers' });

const told = (one: Plan): string => {
  if (one.kind === 'leave') return one.reason.code;
  if (one.kind !== 'unlink') return one.kind;
  const { code } = one.reason;
  return one.deletes
    ? `${code}, and deletes the ${one.gone === 'hubspot' ? 'lead' : 'contact'}`
    : code;
};

const pairWithout = (side: string, known: string, pinned: string) =>
  pairOf({
    link: link({
      hubspotId: '1',
      salesforceId: LEAD,
      salesforceObject: 'Lead',
      base: { city: 'Bonn' },
      pinned: pinned === 'yes',
    }),
    hubspot: side === 'HubSpot' ? null : contact('1', { email: EMAIL }),
    salesforce: side === 'Salesforce' ? null : lead(LEAD, { Email: EMAIL }),
    deleted: known !== 'yes' ? null : side === 'HubSpot' ? 'hubspot' : 'salesforce',
  });

const ROWS = rowsOf(
  ['gone', 'setting', 'deleted', 'pinned', 'syncs', 'outcome'],
  `
  gone       | setting | deleted | pinned | syncs | outcome
  Salesforce | leave   | yes     | no     | yes   | SALESFORCE_RECORD_DELETED
  Salesforce | unlink  | yes     | no     | yes   | UNLINKED_AFTER_DELETE
  Salesforce | delete  | yes     | no     | yes   | DELETED_THERE_TOO, and deletes the contact
  Salesforce | leave   | yes     | no     | no    | SALESFORCE_RECORD_DELETED
  Salesforce | unlink  | yes     | no     | no    | UNLINKED_AFTER_DELETE
  Salesforce | delete  | yes     | no     | no    | SALESFORCE_RECORD_DELETED
  Salesforce | unlink  | yes     | yes    | yes   | SALESFORCE_RECORD_DELETED
  Salesforce | delete  | yes     | yes    | yes   | SALESFORCE_RECORD_DELETED
  Salesforce | unlink  | unknown | no     | yes   | SALESFORCE_RECORD_DELETED
  Salesforce | delete  | unknown | no     | yes   | SALESFORCE_RECORD_DELETED
  HubSpot    | leave   | yes     | no     | yes   | HUBSPOT_CONTACT_DELETED
  HubSpot    | unlink  | yes     | no     | yes   | UNLINKED_AFTER_DELETE
  HubSpot    | delete  | yes     | no     | yes   | DELETED_THERE_TOO, and deletes the lead
  HubSpot    | unlink  | yes     | yes    | yes   | HUBSPOT_CONTACT_DELETED
  HubSpot    | delete  | yes     | yes    | yes   | HUBSPOT_CONTACT_DELETED
  HubSpot    | unlink  | unknown | no     | yes   | HUBSPOT_CONTACT_DELETED
  HubSpot    | delete  | unknown | no     | yes   | HUBSPOT_CONTACT_DELETED
`,
);

describe('A record that went away', () => {
  it.each(ROWS)(
    'gone in $gone, set to $setting; in the recycle bin: $deleted, pinned: $pinned, syncs: $syncs → $outcome',
    ({ gone, setting, deleted, pinned, syncs, outcome }) => {
      const deletion = gone === 'HubSpot' ? { inHubSpot: setting } : { inSalesforce: setting };
      const closed = syncs === 'yes' ? null : OUTSIDE;
      const one = plan(
        pairWithout(gone, deleted, pinned),
        context({ heldBack: () => ({ toSalesforce: closed, toHubSpot: closed }) }, { deletion }),
      );
      expect(told(one)).toBe(outcome);
    },
  );

  it('is left as it is by default, and marked, on either side', () => {
    for (const side of ['HubSpot', 'Salesforce'])
      expect(plan(pairWithout(side, 'yes', 'no'), context())).toMatchObject({
        kind: 'leave',
        state: 'skipped',
      });
  });
});

const settled = (side: 'HubSpot' | 'Salesforce', setting: string) => {
  const pair = pairWithout(side, 'yes', 'no');
  const deletion = { inHubSpot: setting, inSalesforce: setting };
  return settle(pair, plan(pair, context({}, { deletion })), NOTHING_SENT, NOW);
};

describe('What is remembered afterwards', () => {
  it.each([
    ['leave', '1', LEAD],
    ['unlink', '1', null],
    ['delete', '1', null],
  ])(
    '%s, gone in Salesforce: HubSpot id %s, Salesforce id %s',
    (setting, hubspotId, salesforceId) => {
      expect(settled('Salesforce', setting).content).toMatchObject({ hubspotId, salesforceId });
    },
  );
  it.each([
    ['leave', '1', LEAD],
    ['unlink', null, LEAD],
    ['delete', null, LEAD],
  ])('%s, gone in HubSpot: HubSpot id %s, Salesforce id %s', (setting, hubspotId, salesforceId) => {
    expect(settled('HubSpot', setting).content).toMatchObject({ hubspotId, salesforceId });
  });

  it('leave keeps what was agreed on, so that a restored record goes on where it was', () => {
    const { content, writes } = settled('Salesforce', 'leave');
    expect(content.base).toEqual({ city: 'Bonn' });
    expect(writes).toEqual([]);
  });
  it('unlink forgets it, and says so in history: a later partner is another person', () => {
    const { content, writes } = settled('Salesforce', 'unlink');
    expect(content.base).toEqual({});
    expect(writes).toEqual([
      {
        side: 'pair',
        field: 'salesforceId',
        before: LEAD,
        after: null,
        why: 'UNLINKED_AFTER_DELETE',
      },
    ]);
  });
  it('a delete that crossed says where the record went, and that it can come back', () => {
    const { content } = settled('Salesforce', 'delete');
    expect(content.reason && explain(content.reason)).toEqual({
      category: 'policy',
      sentence: `The paired record ${LEAD} was deleted in Salesforce, so this one was deleted in HubSpot too, as the settings say.`,
      fix: 'Restore it from the recycle bin if that was a mistake.',
    });
  });
});
