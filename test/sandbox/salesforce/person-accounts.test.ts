import { describe, expect, it, onTestFinished } from 'vitest';
import { refusalOf, startSandbox } from './fixture.ts';

async function withPersons() {
  const sandbox = await startSandbox({ personAccounts: true });
  onTestFinished(() => sandbox.close());
  const person = sandbox.org.insertPerson({
    FirstName: 'Ada',
    LastName: 'Lovelace',
    Email: 'ada@example.com',
  });
  return { sandbox, person };
}

describe('Person accounts (salesforce-api §6)', () => {
  it('are one contact and one account, and contacts tell', async () => {
    const { sandbox, person } = await withPersons();
    const { connection, org } = sandbox;
    const other = org.insert('Contact', { LastName: 'Byron' });
    const { records } = await connection.query(
      'SELECT Id, Name, IsPersonAccount, Account.Name FROM Contact ORDER BY Id',
    );
    expect(records).toMatchObject([
      {
        Id: person.contactId,
        Name: 'Ada Lovelace',
        IsPersonAccount: true,
        Account: { Name: 'Ada Lovelace' },
      },
      { Id: other, IsPersonAccount: false },
    ]);
    expect(org.get('Account', person.accountId)).toMatchObject({
      IsPersonAccount: true,
      PersonContactId: person.contactId,
    });
  });

  it('don’t have their names written on the contact through the API', async () => {
    const { sandbox, person } = await withPersons();
    const write = (fields: Record<string, string>) =>
      sandbox.call('PATCH', `/sobjects/Contact/${person.contactId}`, fields);
    expect((await write({ FirstName: 'Augusta', LastName: 'King', Title: 'x' })).json).toEqual([
      {
        message: 'Account: bad field names on insert/update call: FirstName, LastName',
        errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE',
        fields: ['FirstName', 'LastName'],
      },
    ]);
    expect((await write({ Title: 'Countess' })).status).toBe(204);
  });

  it('are renamed in the org itself, contact and account alike', async () => {
    const { sandbox, person } = await withPersons();
    const { org } = sandbox;
    org.update('Contact', person.contactId, { LastName: 'King' });
    expect(org.get('Account', person.accountId)).toMatchObject({ Name: 'Ada King' });
  });

  it('don’t exist in other orgs', async () => {
    const sandbox = await startSandbox();
    onTestFinished(() => sandbox.close());
    const query = sandbox.connection.query('SELECT IsPersonAccount FROM Contact');
    expect(await refusalOf(query)).toMatchObject({ errorCode: 'INVALID_FIELD' });
    expect(() => sandbox.org.insertPerson({ LastName: 'A' })).toThrow('no person accounts');
  });
});
