import { describe, expect, it } from 'vitest';
import { Unauthorized } from '../../src/engine/failures.ts';
import { patienceFor, people, startCanned, startPortal, type CannedCall } from './fixture.ts';

const CREATE = 'POST /crm/objects/contacts/batch/create';
const UPDATE = 'POST /crm/objects/contacts/batch/update';

const written = (inputs: readonly Record<string, unknown>[]) =>
  inputs.map((input) => ({
    id: `9${String(input['objectWriteTraceId'])}`,
    objectWriteTraceId: input['objectWriteTraceId'],
    properties: {},
    createdAt: '2026-11-23T10:00:00Z',
    updatedAt: '2026-11-23T10:00:00Z',
    archived: false,
  }));

const batchBody = (results: unknown[], errors: unknown[] = []) => ({
  status: 'COMPLETE',
  results,
  ...(errors.length > 0 ? { errors, numErrors: errors.length } : {}),
  startedAt: '2026-11-23T10:00:00Z',
  completedAt: '2026-11-23T10:00:00Z',
});

const inputsOf = ({ body }: CannedCall) => body.inputs ?? [];
const propertiesOf = (input: Record<string, unknown>) =>
  input['properties'] as Record<string, string>;

describe('Creating contacts', () => {
  it('takes 100 a call and keeps the order although HubSpot does not', async () => {
    const { hubspot, standIn } = await startPortal();
    const inputs = people(250);
    const outcomes = await hubspot.contacts.create(inputs);
    for (const [index, outcome] of outcomes.entries()) {
      if (!outcome.ok) throw new Error(outcome.error.message);
      const contact = standIn.portal.get(outcome.id);
      expect(contact?.properties['email']).toBe(`person${index}@example.com`);
      expect(outcome.modifiedAt).toBe(contact?.modifiedAt.toISOString());
    }
    expect(standIn.calls.byEndpoint()).toEqual({ [CREATE]: 3 });
  });

  it('refuses each bad input on its own, with the property and the contact in the way', async () => {
    const { hubspot, standIn } = await startPortal();
    const [taken] = standIn.portal.seed([{ properties: { email: 'person1@example.com' } }]);
    const inputs = people(4, (index) => {
      if (index === 2) return { email: 'not an address' };
      return index === 3 ? { no_such_property: 'x' } : {};
    });
    const outcomes = await hubspot.contacts.create(inputs);
    expect(outcomes).toMatchObject([
      { ok: true },
      {
        ok: false,
        error: { code: 'CONFLICT', existingId: taken?.id, retryable: false },
      },
      { ok: false, error: { code: 'INVALID_EMAIL', fields: ['email'], existingId: null } },
      { ok: false, error: { code: 'PROPERTY_DOESNT_EXIST', fields: ['no_such_property'] } },
    ]);
    expect(standIn.calls.total).toBe(1);
  });

  it('finds the guilty by halving when HubSpot refuses a whole batch (hubspot-api §2.1)', async () => {
    const guilty = new Set([3, 64]);
    const { hubspot, calls } = await startCanned((call) => {
      const inputs = inputsOf(call);
      const first = inputs.find((input) => guilty.has(Number(input['objectWriteTraceId'])));
      return first
        ? {
            status: 409,
            body: {
              status: 'error',
              category: 'CONFLICT',
              message: `Contact already exists. Existing ID: 70${String(first['objectWriteTraceId'])}`,
            },
          }
        : { status: 201, body: batchBody(written(inputs)) };
    });
    const outcomes = await hubspot.contacts.create(people(100));
    const refused = outcomes.flatMap((outcome, index) =>
      outcome.ok ? [] : [[index, outcome.error.existingId]],
    );
    expect(refused).toEqual([
      [3, '703'],
      [64, '7064'],
    ]);
    expect(calls.length).toBeLessThan(30);
  });

  it('blames everybody who sets a property that is gone, without halving', async () => {
    const { hubspot, calls } = await startCanned((call) => {
      const bad = inputsOf(call).some((input) => 'gone' in propertiesOf(input));
      return bad
        ? {
            status: 400,
            body: {
              status: 'error',
              category: 'VALIDATION_ERROR',
              message:
                'Property values were not valid: [{"isValid":false,"message":"Property \\"gone\\" does not exist","error":"PROPERTY_DOESNT_EXIST","name":"gone"}]',
            },
          }
        : { status: 201, body: batchBody(written(inputsOf(call))) };
    });
    const outcomes = await hubspot.contacts.create(
      people(100, (index) => (index % 2 === 0 ? { gone: 'x' } : {})),
    );
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(50);
    expect(outcomes[0]).toMatchObject({
      ok: false,
      error: {
        code: 'PROPERTY_DOESNT_EXIST',
        message: 'Property "gone" does not exist',
        fields: ['gone'],
      },
    });
    expect(calls).toHaveLength(2);
  });

  it('asks again about inputs a 207 does not mention', async () => {
    const { hubspot, calls } = await startCanned((call) => {
      const inputs = inputsOf(call);
      const fine = inputs.filter((input) => input['objectWriteTraceId'] !== '1');
      const errors = [{ status: 'error', category: 'VALIDATION_ERROR', message: 'no' }];
      return fine.length === inputs.length
        ? { status: 201, body: batchBody(written(inputs)) }
        : { status: 207, body: batchBody(written(fine), errors) };
    });
    const outcomes = await hubspot.contacts.create(people(3));
    expect(outcomes).toMatchObject([
      { ok: true, id: '90' },
      { ok: false, error: { code: 'VALIDATION_ERROR', message: 'no' } },
      { ok: true, id: '92' },
    ]);
    expect(calls).toHaveLength(2);
  });

  it('gives CONFLICT with the id when a lost answer made it send the same again', async () => {
    const { hubspot, standIn } = await startPortal();
    standIn.faults.plan(/batch\/create/, { kind: 'resetAfterCommit' });
    const [outcome] = await hubspot.contacts.create(people(1));
    const created = standIn.portal.byEmail('person0@example.com');
    expect(outcome).toMatchObject({
      ok: false,
      error: { code: 'CONFLICT', existingId: created?.id },
    });
    expect(standIn.portal.size).toBe(1);
  });

  it.each(['resetAfterCommit', 'timeoutAfterCommit'] as const)(
    'never sends a contact without e-mail again after %s',
    async (kind) => {
      const { hubspot, standIn } = await startPortal({}, patienceFor({ kind }));
      standIn.faults.plan(/batch\/create/, { kind });
      const outcomes = await hubspot.contacts.create([{ properties: { lastname: 'Nemo' } }]);
      expect(outcomes).toMatchObject([
        { ok: false, error: { code: 'ANSWER_LOST', retryable: true } },
      ]);
      expect(standIn.portal.size).toBe(1);
    },
  );

  it('does send a contact without e-mail again when HubSpot said it did nothing', async () => {
    const { hubspot, standIn } = await startPortal();
    standIn.faults.plan(/batch\/create/, { kind: 'status', status: 429 });
    const outcomes = await hubspot.contacts.create([{ properties: { lastname: 'Nemo' } }]);
    expect(outcomes).toMatchObject([{ ok: true }]);
  });
});

describe('Updating contacts', () => {
  it('takes 100 a call, clears with an empty text, and tells who is gone', async () => {
    const { hubspot, standIn } = await startPortal();
    const contacts = standIn.portal.seed(people(150, () => ({ city: 'Ghent' })));
    const inputs = contacts.map(({ id }) => ({ id, properties: { city: '' } }));
    const outcomes = await hubspot.contacts.update([
      ...inputs,
      { id: '999999999', properties: { city: 'Nowhere' } },
    ]);
    expect(outcomes.slice(0, -1).every(({ ok }) => ok)).toBe(true);
    expect(outcomes.at(-1)).toMatchObject({ ok: false, error: { code: 'OBJECT_NOT_FOUND' } });
    expect(standIn.portal.get(contacts[3]?.id ?? '')?.properties['city']).toBeUndefined();
    expect(standIn.calls.byEndpoint()).toEqual({ [UPDATE]: 2 });
  });

  it('repeats an update whose answer was lost', async () => {
    const { hubspot, standIn } = await startPortal({}, { timeoutMs: 500 });
    const [contact] = standIn.portal.seed(people(1));
    standIn.faults.plan(/batch\/update/, { kind: 'timeoutAfterCommit' });
    const outcomes = await hubspot.contacts.update([
      { id: contact?.id ?? '', properties: { city: 'Ghent' } },
    ]);
    expect(outcomes).toMatchObject([{ ok: true, id: contact?.id }]);
  });
});

describe('A write of several batches', () => {
  it('keeps the outcomes of batches that went through when another one fails', async () => {
    const { hubspot, standIn } = await startPortal();
    const contacts = standIn.portal.seed(people(250));
    // Five attempts of one of the three batches.
    let failing: string | null = null;
    const handle = standIn.handle.bind(standIn);
    Object.assign(standIn, {
      handle: (request: Parameters<typeof handle>[0]) => {
        failing ??= request.body;
        return request.body === failing ? standIn.failure(503, request) : handle(request);
      },
    });
    const outcomes = await hubspot.contacts.update(
      contacts.map(({ id }) => ({ id, properties: { city: 'Ghent' } })),
    );
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(150);
    expect(outcomes.find(({ ok }) => !ok)).toMatchObject({
      error: { code: 'UNAVAILABLE', retryable: true },
    });
  });

  it('stops sending when HubSpot is down, and says so of every input', async () => {
    const { hubspot, standIn } = await startPortal();
    standIn.faults.plan(/./, { kind: 'status', status: 503 }, 1_000);
    const inputs = Array.from({ length: 2_000 }, (_, index) => ({
      id: String(index + 1),
      properties: { city: 'Ghent' },
    }));
    const outcomes = await hubspot.contacts.update(inputs);
    expect(outcomes).toHaveLength(2_000);
    expect(outcomes.every((outcome) => !outcome.ok && outcome.error.retryable)).toBe(true);
    expect(standIn.calls.total).toBeLessThanOrEqual(30);
  });

  it('throws when nothing could be written for want of permission', async () => {
    const { hubspot, standIn } = await startPortal();
    standIn.faults.plan(/./, { kind: 'status', status: 403 }, 10);
    await expect(
      hubspot.contacts.update([{ id: '1', properties: { city: 'Ghent' } }]),
    ).rejects.toBeInstanceOf(Unauthorized);
  });
});

describe('Unsubscribing', () => {
  it('opts out of all e-mail, 100 a call, and can be repeated', async () => {
    const { hubspot, standIn } = await startPortal();
    const contacts = standIn.portal.seed(people(120));
    const emails = contacts.map(({ properties }) => properties['email'] ?? '');
    for (const outcomes of [
      await hubspot.contacts.unsubscribeAll(emails),
      await hubspot.contacts.unsubscribeAll(emails),
    ]) {
      expect(outcomes.every(({ ok }) => ok)).toBe(true);
      expect(outcomes).toHaveLength(120);
    }
    expect(standIn.portal.value(contacts[119]?.id ?? '', 'hs_email_optout')).toBe('true');
    expect(standIn.calls.total).toBe(4);
  });

  it('refuses only what is no e-mail', async () => {
    const { hubspot, standIn } = await startPortal();
    const [contact] = standIn.portal.seed(people(1));
    const outcomes = await hubspot.contacts.unsubscribeAll(['nonsense', 'person0@example.com']);
    expect(outcomes).toMatchObject([{ ok: false }, { ok: true }]);
    expect(standIn.portal.value(contact?.id ?? '', 'hs_email_optout')).toBe('true');
  });
});
