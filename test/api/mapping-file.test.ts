// Mappings as text: whatever is written is read back, and whatever can't be read is told.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMappings, writeMappings } from '../../src/api/mapping-file.ts';
import { CHOOSABLE_RULES } from '../../src/engine/rules.ts';

const value = fc
  .oneof(
    fc.string({ minLength: 1, maxLength: 12 }),
    fc.constantFrom('=1+1', 'a=b', String.raw`back\slash`, 'two\nlines', "'quoted", 'none', ' x '),
  )
  .filter((text) => text.trim() !== '' && !text.includes('\0'));
const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,20}$/);
const written = fc.record({
  kind: fc.constantFrom('default' as const, 'custom' as const),
  hubspotProperty: name,
  leadField: fc.option(name),
  contactField: fc.option(name),
  rule: fc.constantFrom(...CHOOSABLE_RULES),
  valueMap: fc.array(fc.record({ hubspot: value, salesforce: value }), { maxLength: 4 }),
});

describe('Mappings', () => {
  it.each(['csv', 'json'] as const)('written as %s are read back', (format) => {
    fc.assert(
      fc.property(fc.array(written, { minLength: 1, maxLength: 5 }), (mappings) => {
        const file = readMappings(
          writeMappings(
            mappings.map((mapping) => ({ ...mapping, valueMapIsDefault: false })),
            format,
          ),
        );
        expect(file.errors).toEqual([]);
        expect(file.mappings).toHaveLength(mappings.length);
        for (const [index, mapping] of mappings.entries()) {
          const isNone = mapping.valueMap.length === 0 && mapping.kind === 'custom';
          expect(file.mappings[index]).toMatchObject({
            ...mapping,
            valueMap: isNone && format === 'csv' ? null : mapping.valueMap,
          });
        }
      }),
    );
  });

  it('with the map that Tandem comes with say nothing of it', () => {
    const mapping = {
      kind: 'default',
      hubspotProperty: 'hs_lead_status',
      leadField: 'Status',
      contactField: null,
      rule: 'twoWay',
      valueMap: [{ hubspot: 'NEW', salesforce: 'Open' }],
      valueMapIsDefault: true,
    } as const;
    expect(writeMappings([mapping], 'csv')).not.toContain('NEW');
    expect(readMappings(writeMappings([mapping], 'csv')).mappings[0]?.valueMap).toBeNull();
  });

  it('are no formulas to a spreadsheet', () => {
    const csv = writeMappings(
      [
        {
          kind: 'custom',
          hubspotProperty: 'a',
          leadField: 'B',
          contactField: null,
          rule: 'off',
          valueMap: [{ hubspot: '=HYPERLINK("x")', salesforce: '@SUM' }],
          valueMapIsDefault: false,
        },
      ],
      'csv',
    );
    expect(csv).not.toMatch(/(^|[,"\n])[=+@-]/);
  });

  it.each([
    ['', 'no column'],
    ['HubSpot property\n', 'no mappings'],
    ['"open', 'neither CSV nor JSON'],
    ['[1, 2', 'isn’t'],
    ['[{"hubspotProperty": "a", "valueMap": 3}]', 'A value map'],
    ['[{"rule": "twoWay"}]', 'which HubSpot property'],
    ['HubSpot property,Kind\na,something', '“default” or “custom”'],
  ])('are not read from %j', (text, message) => {
    const { mappings, errors } = readMappings(text);
    expect(mappings).toEqual([]);
    expect(errors[0]?.message).toContain(message);
  });

  it('are read whatever the order and letters of the titles, with fixed rules left alone', () => {
    expect(
      readMappings('rule\tcontactField\tHUBSPOT PROPERTY\nCopied from Salesforce\tCity\tcity\n'),
    ).toEqual({
      mappings: [
        {
          line: 2,
          kind: null,
          hubspotProperty: 'city',
          leadField: null,
          contactField: 'City',
          rule: null,
          valueMap: null,
        },
      ],
      errors: [],
    });
  });
});
