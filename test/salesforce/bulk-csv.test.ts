import { describe, expect, it } from 'vitest';
import { csvOf, rowsOfCsv } from '../../src/salesforce/bulk/csv.ts';

async function read(text: string): Promise<string[][]> {
  const rows: string[][] = [];
  for await (const row of rowsOfCsv(text)) rows.push(row);
  return rows;
}

describe('CSV of the Bulk API', () => {
  it('is read in slices that may end within a character', async () => {
    const cells = Array.from({ length: 30_000 }, (_, index) => `${index} €🙂, "x"\n`);
    const rows = await read(csvOf(cells.map((Title) => ({ Title }))));
    expect(rows.slice(1).flat()).toEqual(cells);
  });

  it('lets others have their turn meanwhile', async () => {
    const text = csvOf(
      Array.from({ length: 50_000 }, (_, index) => ({ Id: `${index} ${'and more '.repeat(10)}` })),
    );
    let turns = 0;
    const other = setInterval(() => {
      turns += 1;
    }, 1);
    await read(text);
    clearInterval(other);
    expect(turns).toBeGreaterThan(2);
  });

  it('has the columns of all rows; what a row doesn’t set stays empty, blanks are #N/A', () => {
    expect(
      csvOf([
        { Id: '1', Title: null },
        { Id: '2', City: '  ', DoNotCall: false, Score__c: 0 },
      ]),
    ).toBe('Id,Title,City,DoNotCall,Score__c\n1,#N/A,,,\n2,,#N/A,false,0\n');
  });

  it('has no rows where there are none', async () => {
    expect(await read('')).toEqual([]);
  });
});
