// Opting out of all e-mail: the only way to set hs_email_optout (hubspot-api §2.1, native-connector §11.4).
import { describe, expect, it } from 'vitest';
import { servePortal } from './support.ts';

const ALL = 'unsubscribe-all?channel=EMAIL';

describe.each(['v4', '2026-09'])('Unsubscribing from everything on %s paths', (version) => {
  const base = `/communication-preferences/${version}/statuses`;

  it('sets the contact’s opt-out and tells each subscription’s status', async () => {
    const { hubspot, call } = await servePortal();
    const { id } = hubspot.portal.create({ email: 'ada@example.com' });
    const answer = await call('POST', `${base}/${encodeURIComponent('Ada@example.com')}/${ALL}`);
    expect(answer).toMatchObject({
      status: 200,
      body: {
        status: 'COMPLETE',
        results: [
          { channel: 'EMAIL', status: 'UNSUBSCRIBED', subscriberIdString: 'Ada@example.com' },
          { channel: 'EMAIL', status: 'UNSUBSCRIBED' },
        ],
      },
    });
    expect(hubspot.portal.value(id, 'hs_email_optout')).toBe('true');
  });

  it('takes up to 100 e-mails at once, repeats included', async () => {
    const { hubspot, call } = await servePortal();
    const emails = Array.from({ length: 100 }, (_, n) => `n${n}@example.com`);
    hubspot.portal.seed(emails.map((email) => ({ properties: { email } })));
    const post = (inputs: readonly string[]) => call('POST', `${base}/batch/${ALL}`, { inputs });
    expect((await post(emails)).status).toBe(200);
    const again = await post(emails.slice(0, 1));
    expect(again.body).toMatchObject({
      results: [
        {
          subscriberIdString: 'n0@example.com',
          statuses: [{ setStatusSuccessReason: 'NO_STATUS_CHANGE' }, {}],
        },
      ],
    });
    expect(hubspot.portal.all().every((each) => each.properties.hs_email_optout === 'true')).toBe(
      true,
    );
    expect((await post([...emails, 'x@example.com'])).status).toBe(400);
  });

  it('wants the channel', async () => {
    const { call } = await servePortal();
    const answer = await call('POST', `${base}/batch/unsubscribe-all`, { inputs: [] });
    expect(answer).toMatchObject({ status: 400, body: { category: 'VALIDATION_ERROR' } });
  });

  it('reads who has opted out, one and many; others have no entry', async () => {
    const { hubspot, call } = await servePortal();
    hubspot.portal.create({ email: 'out@example.com' });
    hubspot.portal.unsubscribe('out@example.com');
    const one = await call('GET', `${base}/in@example.com/${ALL}`);
    expect(one.body.results).toEqual([]);
    const many = await call('POST', `${base}/batch/unsubscribe-all/read?channel=EMAIL`, {
      inputs: ['out@example.com', 'in@example.com'],
    });
    expect(many.body.results).toMatchObject([
      {
        subscriberIdString: 'out@example.com',
        wideStatuses: [{ status: 'UNSUBSCRIBED', wideStatusType: 'PORTAL_WIDE' }],
      },
      { subscriberIdString: 'in@example.com', wideStatuses: [] },
    ]);
  });

  it('is kept by e-mail: a contact created later is opted out', async () => {
    const { hubspot, call } = await servePortal();
    await call('POST', `${base}/ada@example.com/${ALL}`);
    const { id } = hubspot.portal.create({ email: 'ada@example.com' });
    expect(hubspot.portal.value(id, 'hs_email_optout')).toBe('true');
    hubspot.portal.resubscribe('ada@example.com');
    expect(hubspot.portal.value(id, 'hs_email_optout')).toBe('false');
  });
});
