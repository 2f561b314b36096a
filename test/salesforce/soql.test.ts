import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSoql } from '../../src/sandbox/salesforce/soql/parse.ts';
import { dateTime, inAddress, inList, name, quoted, select } from '../../src/salesforce/soql.ts';
import { salesforceId18 } from '../../src/engine/salesforce-ids.ts';

/** Reads a literal as Salesforce does: what follows a backslash is taken by itself or by its letter. */
function unquoted(literal: string): string {
  const letters: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
  return literal
    .slice(1, -1)
    .replace(/\\([\s\S])/g, (_, character: string) => letters[character] ?? character);
}

describe('A text literal', () => {
  it('holds any text and never ends early', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const literal = quoted(text);
        expect(unquoted(literal)).toBe(text);
        // Between the outer quotes every quote has an odd number of backslashes before it.
        expect(literal.slice(1, -1)).toMatch(/^(?:[^'\\]|\\[\s\S])*$/);
      }),
    );
  });

  it.each([
    ["o'brien@example.com", "'o\\'brien@example.com'"],
    ['back\\slash', "'back\\\\slash'"],
    ["' OR Name != '", "'\\' OR Name != \\''"],
    ['line\nbreak', "'line\\nbreak'"],
    ['müller@exämple.de', "'müller@exämple.de'"],
  ])('%j', (text, literal) => {
    expect(quoted(text)).toBe(literal);
  });
});

describe('A name', () => {
  it.each(['Email', 'Owner.Email', 'Tandem_HubSpot_Id__c', 'Account.Parent.Name'])(
    'may be %s',
    (text) => {
      expect(name(text)).toBe(text);
    },
  );
  it.each(['', '1st', 'Email FROM Lead', 'Email,Id', "x'", 'a..b', 'Email--', 'Ünï'])(
    'is never %j',
    (text) => {
      expect(() => name(text)).toThrow(/is not a Salesforce field/);
    },
  );
});

it('A time is a literal of whole seconds, without quotes', () => {
  expect(dateTime('2026-11-23T10:00:00.999Z')).toBe('2026-11-23T10:00:00Z');
  expect(() => dateTime('yesterday')).toThrow(/is not a time/);
});

describe('A query', () => {
  it('names every field once, whatever its case', () => {
    expect(
      select({
        fields: ['Id', 'Email', 'id'],
        from: 'Lead',
        where: inList('Email', ["o'b@x.co"]),
        orderBy: ['Id'],
        limit: 5,
      }),
    ).toBe("SELECT id, Email FROM Lead WHERE Email IN ('o\\'b@x.co') ORDER BY Id LIMIT 5");
  });

  it('says the same in an address, and is shorter there than fully encoded', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1 }), (texts) => {
        const soql = select({ fields: ['Id'], from: 'Lead', where: inList('Email', texts) });
        const query = new URL(`http://x/query?q=${inAddress(soql)}`).searchParams.get('q');
        expect(query).toBe(soql);
      }),
    );
    expect(inAddress("'a@b.co','c@d.co'")).toBe("'a@b.co','c@d.co'");
  });

  it('is one that Salesforce’s grammar takes', () => {
    const soql = select({
      fields: ['Id', 'Owner.Email'],
      from: 'Contact',
      where: `SystemModstamp >= ${dateTime('2026-11-23T10:00:00Z')} AND ${inList('Email', ['a"b'])}`,
    });
    expect(() => parseSoql(soql)).not.toThrow();
  });
});

describe('An id', () => {
  const id15 = fc.string({
    unit: fc.constantFrom(...Array.from('ABCXYZabcxyz0123456789')),
    minLength: 15,
    maxLength: 15,
  });

  it('has 18 characters that begin with the 15, and stays as it is', () => {
    fc.assert(
      fc.property(id15, (short) => {
        const id = salesforceId18(short);
        expect(id).toMatch(/^[A-Za-z0-9]{15}[A-Z0-5]{3}$/);
        expect(id?.slice(0, 15)).toBe(short);
        expect(salesforceId18(id ?? '')).toBe(id);
      }),
    );
  });

  it('tells ids apart that differ only by case, even when case is lost', () => {
    fc.assert(
      fc.property(id15, id15, (one, other) => {
        fc.pre(one !== other);
        expect(salesforceId18(one)?.toLowerCase()).not.toBe(salesforceId18(other)?.toLowerCase());
      }),
    );
  });

  it.each(['', '00Q', '00Q5g00000AAAAA!', '00Q5g00000AAAAAA'])('is never %j', (text) => {
    expect(salesforceId18(text)).toBeNull();
  });
});
