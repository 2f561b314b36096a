import { describe, expect, it } from 'vitest';
import { IdSequence, makeId, toId18 } from '../../../src/sandbox/salesforce/ids.ts';

describe('Record ids (salesforce-api §6)', () => {
  it.each([
    ['001Vr00000m4eGC', '001Vr00000m4eGCIAY'],
    ['0033s000013ZHX9', '0033s000013ZHX9AAO'],
  ])('gives %s the checksum Salesforce gives it', (id15, id18) => {
    expect(toId18(id15)).toBe(id18);
    expect(toId18(id18)).toBe(id18);
  });

  it.each(['', '00Q', '001Vr00000m4eGCIAX', 'not an id at all!!', '001Vr00000m4eGCIAYA'])(
    'takes %j for no id',
    (text) => {
      expect(toId18(text)).toBeNull();
    },
  );

  it('hands out ids that sort in the order they were made', () => {
    const sequence = new IdSequence('00Q');
    const ids = Array.from({ length: 5000 }, () => sequence.next());
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids.map((id) => id.toLowerCase())).size).toBe(ids.length);
  });

  it('steps over ids it is told of', () => {
    const sequence = new IdSequence('003');
    sequence.seen(makeId('003', 41));
    expect(sequence.next()).toBe(makeId('003', 42));
  });
});
