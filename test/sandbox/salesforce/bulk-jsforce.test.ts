// The stand-in as jsforce's own Bulk 2.0 client sees it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { refusalOf, startSandbox, type Sandbox } from './fixture.ts';

describe('jsforce’s bulk2', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await startSandbox();
    sandbox.connection.bulk2.pollInterval = 1;
  });
  afterEach(() => sandbox.close());

  it('queries', async () => {
    sandbox.org.seed(
      Array.from({ length: 3 }, (_, place) => ({
        object: 'Contact',
        fields: { LastName: `Person ${place}`, Title: 'Chief "Joy", Officer' },
      })),
    );
    const stream = await sandbox.connection.bulk2.query('SELECT LastName, Title FROM Contact');
    expect(await stream.toArray()).toEqual(
      [0, 1, 2].map((place) => ({ LastName: `Person ${place}`, Title: 'Chief "Joy", Officer' })),
    );
  });

  it('loads, and gets successes, failures and nothing unprocessed', async () => {
    const results = await sandbox.connection.bulk2.loadAndWaitForResults({
      object: 'Contact',
      operation: 'insert',
      input: [
        { LastName: 'Fine', Email: 'fine@example.com' },
        { LastName: 'Bad', Email: 'badone' },
      ],
    });
    expect(results.successfulResults).toMatchObject([{ sf__Created: 'true', LastName: 'Fine' }]);
    expect(results.failedResults).toMatchObject([
      {
        sf__Id: '',
        sf__Error: 'INVALID_EMAIL_ADDRESS:Email: invalid email address: badone:Email --',
        LastName: 'Bad',
      },
    ]);
    expect(results.unprocessedRecords).toEqual([]);
    expect(sandbox.org.all('Contact')).toHaveLength(1);
  });

  it('is told why a job failed, and by whom one was aborted', async () => {
    const failed = sandbox.connection.bulk2.loadAndWaitForResults({
      object: 'Contact',
      operation: 'insert',
      input: 'Nope\nx\n',
    });
    expect((await refusalOf(failed)).message).toContain(
      'InvalidBatch : Field name not found : Nope',
    );
    const job = sandbox.connection.bulk2.createJob({ object: 'Contact', operation: 'insert' });
    await job.open();
    await job.uploadData('LastName\nAnn\n');
    await job.abort();
    expect((await job.check()).state).toBe('Aborted');
    await job.delete();
  });
});
