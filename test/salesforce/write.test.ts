import { describe, expect, it } from 'vitest';
import {
  create,
  intercept,
  rejectionOf,
  seedContacts,
  seedLeads,
  startOrg,
  startSignedIn,
  timeoutFor,
  update,
} from './fixture.ts';

describe('Updating', () => {
  it('writes 1,000 rows in one call, in order (salesforce-api §4)', async () => {
    const { salesforce, standIn, org } = await startSignedIn();
    const ids = [...seedLeads(org, 600), ...seedContacts(org, 400)];
    const outcomes = await salesforce.records.write(
      ids.map((id, index) => update(id, { Title: `Title ${index}` })),
    );
    expect(outcomes).toEqual(ids.map((id) => ({ ok: true, id })));
    expect(org.get('Contact', ids[700] ?? '')?.['Title']).toBe('Title 700');
    expect(standIn.calls.total).toBe(1);
    expect(standIn.apiUsage.used).toBe(1);
  });

  it('refuses each bad row on its own and names the field', async () => {
    const { salesforce, standIn, org } = await startSignedIn();
    const [first = '', second = '', third = '', gone = ''] = seedLeads(org, 4);
    org.remove('Lead', gone);
    const outcomes = await salesforce.records.write([
      update(first, { Email: 'badone' }),
      update(second, { Title: 'Fine' }),
      update(third, { LastName: 'x'.repeat(81) }),
      update(gone, { Title: 'Too late' }),
    ]);
    expect(outcomes).toMatchObject([
      {
        ok: false,
        error: {
          code: 'INVALID_EMAIL_ADDRESS',
          message: 'Email: invalid email address: badone',
          fields: ['Email'],
          retryable: false,
        },
      },
      { ok: true, id: second },
      { ok: false, error: { code: 'STRING_TOO_LONG', fields: ['LastName'] } },
      { ok: false, error: { code: 'ENTITY_IS_DELETED' } },
    ]);
    expect(standIn.calls.total).toBe(1);
  });

  it('says which record holds a value that must be unique', async () => {
    const { salesforce, org } = await startSignedIn();
    const [holder = ''] = seedLeads(org, 1, () => ({ Tandem_HubSpot_Id__c: '42' }));
    const [other = ''] = seedLeads(org, 1);
    const outcomes = await salesforce.records.write([
      update(other, { Tandem_HubSpot_Id__c: '42' }),
    ]);
    expect(outcomes).toMatchObject([
      { ok: false, error: { code: 'DUPLICATE_VALUE', existingId: holder } },
    ]);
  });
});

describe('A collection that Salesforce refuses as a whole', () => {
  it('costs one more call when a field is gone: everybody who sets it is guilty', async () => {
    const { salesforce, standIn, org } = await startSignedIn();
    const ids = seedLeads(org, 200);
    const outcomes = await salesforce.records.write(
      ids.map((id, index) => update(id, index % 2 ? { Title: 'Fine' } : { Gone__c: 'x' })),
    );
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(100);
    expect(outcomes[0]).toMatchObject({
      ok: false,
      error: { code: 'INVALID_FIELD', fields: ['Gone__c'], retryable: false },
    });
    expect(standIn.calls.total).toBe(2);
  });

  it('is split, five parts a call, until only the guilty row is refused', async () => {
    const { salesforce, standIn, org } = await startSignedIn();
    const ids = seedLeads(org, 200);
    const outcomes = await salesforce.records.write(
      ids.map((id, index) =>
        update(id, index === 137 ? { Title: 'x', AnnualRevenue: 'a lot' } : { Title: 'Fine' }),
      ),
    );
    const refused = outcomes.flatMap((outcome, index) => (outcome.ok ? [] : [[index, outcome]]));
    expect(refused).toMatchObject([
      [137, { error: { code: 'JSON_PARSER_ERROR', fields: ['AnnualRevenue'] } }],
    ]);
    expect(org.get('Lead', ids[136] ?? '')?.['Title']).toBe('Fine');
    expect(standIn.calls.total).toBeLessThanOrEqual(6);
  });

  it('does not touch the other collections of the same call', async () => {
    const { salesforce, standIn, org } = await startSignedIn();
    const ids = [...seedLeads(org, 400), ...seedContacts(org, 200)];
    const outcomes = await salesforce.records.write(
      ids.map((id, index) => update(id, index === 0 ? { Gone__c: 'x' } : { Title: 'Fine' })),
    );
    expect(outcomes.filter(({ ok }) => !ok)).toHaveLength(1);
    expect(standIn.calls.total).toBe(2);
  });
});

describe('Creating where the org has the external ID', () => {
  it('upserts, so that the same contact never becomes two leads', async () => {
    const { salesforce, org } = await startSignedIn();
    const writes = ['101', '102', '103'].map((hubspotId) => create(hubspotId));
    const first = await salesforce.records.write(writes);
    const second = await salesforce.records.write(writes);
    expect(first.every(({ ok }) => ok)).toBe(true);
    expect(second).toEqual(first);
    expect(org.all('Lead').map((lead) => lead['Tandem_HubSpot_Id__c'])).toEqual([
      '101',
      '102',
      '103',
    ]);
  });

  it.each(['resetAfterCommit', 'timeoutAfterCommit', 'reset'] as const)(
    'is repeated after %s and makes one lead',
    async (kind) => {
      const { salesforce, standIn, org } = await startSignedIn({}, timeoutFor({ kind }));
      standIn.faults.plan(/composite/, { kind });
      const [outcome] = await salesforce.records.write([create('101')]);
      const leads = org.all('Lead');
      expect(leads).toHaveLength(1);
      expect(outcome).toEqual({ ok: true, id: leads[0]?.['Id'] });
    },
  );

  it('writes 1,000 rows in one call once it knows the fields', async () => {
    const { salesforce, standIn, org } = await startSignedIn();
    await salesforce.schema.describe('Lead');
    standIn.calls.reset();
    const outcomes = await salesforce.records.write(
      Array.from({ length: 1_000 }, (_, index) => create(String(index + 1))),
    );
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    expect(org.all('Lead')).toHaveLength(1_000);
    expect(standIn.calls.total).toBe(1);
  });
});

describe('Creating where the org has no external ID', () => {
  it.each(['resetAfterCommit', 'timeoutAfterCommit'] as const)(
    'is never repeated after %s: the answer is lost',
    async (kind) => {
      const { salesforce, standIn, org } = await startSignedIn(
        { withExternalId: false },
        timeoutFor({ kind }),
      );
      standIn.faults.plan(/composite/, { kind });
      const outcomes = await salesforce.records.write([create('101')]);
      expect(outcomes).toMatchObject([
        { ok: false, error: { code: 'ANSWER_LOST', retryable: true } },
      ]);
      expect(org.all('Lead')).toHaveLength(1);
    },
  );

  it('does not cost the updates beside it their outcome', async () => {
    const { salesforce, standIn, org } = await startSignedIn({ withExternalId: false });
    const [id = ''] = seedLeads(org, 1);
    standIn.faults.plan(/POST \/composite/, { kind: 'resetAfterCommit' });
    const outcomes = await salesforce.records.write([create('101'), update(id, { Title: 'x' })]);
    expect(outcomes).toMatchObject([{ ok: false, error: { code: 'ANSWER_LOST' } }, { ok: true }]);
  });
});

describe('A row that is locked', () => {
  it('is sent again, with a wait, while the others are done (salesforce-api §5)', async () => {
    const started = await startSignedIn();
    const { salesforce, standIn, org, waits } = started;
    const [locked = '', free = ''] = seedLeads(org, 2);
    org.lock(locked);
    let calls = 0;
    intercept(started, () => {
      calls += 1;
      if (calls === 2) org.unlock(locked);
      return null;
    });
    const outcomes = await salesforce.records.write([
      update(locked, { Title: 'a' }),
      update(free, { Title: 'b' }),
    ]);
    expect(outcomes).toEqual([
      { ok: true, id: locked },
      { ok: true, id: free },
    ]);
    expect(standIn.calls.total).toBe(2);
    expect(waits).toHaveLength(1);
  });

  it('is worth another try later when it stays locked', async () => {
    const { salesforce, standIn, org } = await startSignedIn();
    const [locked = ''] = seedLeads(org, 1);
    org.lock(locked);
    const outcomes = await salesforce.records.write([update(locked, { Title: 'a' })]);
    expect(outcomes).toMatchObject([
      { ok: false, error: { code: 'UNABLE_TO_LOCK_ROW', retryable: true } },
    ]);
    expect(standIn.calls.total).toBe(3);
  });
});

it('Rows that are too much for the org’s triggers at a time go out in smaller calls', async () => {
  const started = await startSignedIn();
  const { salesforce, org } = started;
  const ids = seedLeads(org, 400);
  const sizes: number[] = [];
  intercept(started, ({ body }) => {
    const rows = body.match(/"id":"00Q/g)?.length ?? 0;
    sizes.push(rows);
    if (rows <= 100) return null;
    const refused = (id: string) => ({
      id,
      success: false,
      errors: [
        {
          statusCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
          message: 'LeadTrigger: System.LimitException: Apex CPU time limit exceeded',
          fields: [],
        },
      ],
    });
    const parsed = JSON.parse(body) as {
      records?: { id: string }[];
      compositeRequest?: { body: { records: { id: string }[] }; referenceId: string }[];
    };
    const answer = parsed.records
      ? parsed.records.map(({ id }) => refused(id))
      : {
          compositeResponse: (parsed.compositeRequest ?? []).map((part) => ({
            httpStatusCode: 200,
            httpHeaders: {},
            referenceId: part.referenceId,
            body: part.body.records.map(({ id }) => refused(id)),
          })),
        };
    return {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(answer),
    };
  });
  const outcomes = await salesforce.records.write(ids.map((id) => update(id, { Title: 'x' })));
  expect(outcomes.every(({ ok }) => ok)).toBe(true);
  expect(sizes).toEqual([400, 200, 200, 100, 100, 100, 100]);
});

describe('A write of several calls', () => {
  it('keeps what was written when Salesforce fails half-way, and stops there', async () => {
    const started = await startSignedIn();
    const { salesforce, standIn, org } = started;
    const ids = seedLeads(org, 3_000);
    let calls = 0;
    intercept(started, (request) => {
      calls += 1;
      return calls === 1 ? null : standIn.failure(503, request);
    });
    const outcomes = await salesforce.records.write(ids.map((id) => update(id, { Title: 'x' })));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1_000);
    expect(outcomes[1_000]).toMatchObject({
      ok: false,
      error: { code: 'SERVER_UNAVAILABLE', retryable: true },
    });
    expect(outcomes).toHaveLength(3_000);
    expect(standIn.calls.total).toBe(5);
  });

  it('keeps what was written when the day’s calls run out', async () => {
    const { salesforce, standIn, org } = await startSignedIn();
    const ids = seedLeads(org, 1_200);
    standIn.apiUsage.limit = standIn.apiUsage.used + 1;
    const outcomes = await salesforce.records.write(ids.map((id) => update(id, { Title: 'x' })));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1_000);
    expect(outcomes[1_000]).toMatchObject({
      ok: false,
      error: { code: 'REQUEST_LIMIT_EXCEEDED', retryable: true },
    });
    expect(standIn.calls.total).toBe(2);
  });

  it('throws when nobody could sign in to write anything', async () => {
    const { salesforce } = await startOrg({}, (loginUrl) => ({
      flow: 'clientCredentials',
      clientId: 'unknown',
      clientSecret: 'wrong',
      loginUrl,
    }));
    const writing = salesforce.records.write([update('00Q5g00000AAAAAAA4', { Title: 'x' })]);
    expect(await rejectionOf(writing)).toMatchObject({ name: 'Unauthorized', crm: 'Salesforce' });
  });
});

it('Writing nothing calls nobody', async () => {
  const { salesforce, standIn } = await startSignedIn();
  await expect(salesforce.records.write([])).resolves.toEqual([]);
  expect(standIn.calls.total).toBe(0);
});
