// Writes to an org whose admin has set up rules of its own.
import { describe, expect, it } from 'vitest';
import { SANDBOX_QUEUE, SANDBOX_USERS } from '../../src/sandbox/salesforce/stand-in.ts';
import { create, seedContacts, seedLeads, startSignedIn, update } from './fixture.ts';

describe('Leaving the owner to the org’s assignment rules (salesforce-api §4)', () => {
  it('is done by those creates that say so, and by nothing else', async () => {
    const { salesforce, standIn, org } = await startSignedIn();
    const [lead = ''] = seedLeads(org, 1);
    org.setAssignmentRule(() => SANDBOX_QUEUE.id);
    const outcomes = await salesforce.records.write([
      create('101', {}, true),
      create('102'),
      update(lead, { Title: 'x' }),
    ]);
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    expect(standIn.calls.total).toBe(1);
    const owners = new Map(
      org.all('Lead').map(({ Tandem_HubSpot_Id__c: id, OwnerId }) => [id, OwnerId]),
    );
    expect(owners).toEqual(
      new Map([
        ['101', SANDBOX_QUEUE.id],
        ['102', SANDBOX_USERS.integration.id],
        [null, SANDBOX_USERS.maya.id],
      ]),
    );
  });

  it.each([true, false])('goes with a call of its own too (%s)', async (assign) => {
    const { salesforce, org } = await startSignedIn();
    org.setAssignmentRule(() => SANDBOX_QUEUE.id);
    await salesforce.records.write([create('101', {}, assign)]);
    expect(org.all('Lead')).toMatchObject([
      { OwnerId: assign ? SANDBOX_QUEUE.id : SANDBOX_USERS.integration.id },
    ]);
  });
});

describe('What the org’s rules refuse (salesforce-api §5)', () => {
  it('is told with the rule’s message and field, for that row alone', async () => {
    const { salesforce, org } = await startSignedIn();
    org.addValidationRule('Lead', {
      name: 'No_boss',
      message: 'No boss, please.',
      field: 'Title',
      fails: ({ Title }) => Title === 'Boss',
    });
    const outcomes = await salesforce.records.write([
      create('101', { Title: 'Boss' }),
      create('102', { Title: 'Clerk' }),
    ]);
    expect(outcomes).toMatchObject([
      {
        ok: false,
        error: {
          code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
          message: 'No boss, please.',
          fields: ['Title'],
          retryable: false,
        },
      },
      { ok: true },
    ]);
  });

  it.each([true, false])('as a duplicate names the record, if told (%s)', async (tellsMatches) => {
    const { salesforce, org } = await startSignedIn();
    const [existing = ''] = seedLeads(org, 1);
    org.addDuplicateRule('Lead', {
      action: 'alert',
      matches: (row, other) => row.Email === other.Email,
      tellsMatches,
    });
    expect(
      await salesforce.records.write([create('101', { Email: 'lead0@example.com' })]),
    ).toMatchObject([
      {
        ok: false,
        error: {
          code: 'DUPLICATES_DETECTED',
          existingId: tellsMatches ? existing : null,
          fields: [],
          retryable: false,
        },
      },
    ]);
  });

  it('about a lookup leaves the field to blame', async () => {
    const { salesforce, org } = await startSignedIn();
    const [id = ''] = seedContacts(org, 1);
    const outcomes = await salesforce.records.write([
      update(id, { Title: 'x', AccountId: '001000000000999AAA' }),
    ]);
    expect(outcomes).toMatchObject([
      { ok: false, error: { code: 'INVALID_CROSS_REFERENCE_KEY', fields: ['AccountId'] } },
    ]);
  });
});
