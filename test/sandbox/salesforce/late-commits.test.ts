import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSandbox, STAMP, type Sandbox } from './fixture.ts';

const CHANGED =
  'SELECT LastName, SystemModstamp FROM Contact WHERE SystemModstamp >= 2026-11-23T10:00:00Z ORDER BY SystemModstamp, Id';

describe('Transactions that become visible after their timestamp (salesforce-api §3)', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await startSandbox({ commitVisibilityDelayMs: 120_000 });
  });
  afterEach(() => sandbox.close());

  const changed = async (): Promise<unknown[]> =>
    (await sandbox.connection.query(CHANGED)).records.map((record) => record.LastName as unknown);

  it('hide a new row until then, and show it with its early stamp', async () => {
    sandbox.org.insert('Contact', { LastName: 'Late' });
    sandbox.clock.advance(119_000);
    expect(await changed()).toEqual([]);
    sandbox.clock.advance(1_000);
    const { records } = await sandbox.connection.query(CHANGED);
    expect(records).toMatchObject([{ LastName: 'Late', SystemModstamp: STAMP }]);
  });

  it('show the version before a change until then', async () => {
    const [id = ''] = sandbox.org.seed([
      { object: 'Contact', fields: { LastName: 'Before', SystemModstamp: '2026-11-01T00:00:00Z' } },
    ]);
    sandbox.org.update('Contact', id, { LastName: 'After' });
    expect(await changed()).toEqual([]);
    expect(await sandbox.connection.sobject('Contact').retrieve(id)).toMatchObject({
      LastName: 'Before',
    });
    sandbox.clock.advance(120_000);
    expect(await changed()).toEqual(['After']);
  });

  it('do not hold back what the API itself wrote', async () => {
    await sandbox.connection.sobject('Contact').create({ LastName: 'Ours' });
    expect(await changed()).toEqual(['Ours']);
  });
});
