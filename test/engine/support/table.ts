// Tables written as people write them: one row a line, cells between bars, the first line names the columns.
// A row whose first cell is blank belongs to the same group as the row above it.

export type Row<Column extends string> = Readonly<Record<Column, string>>;

const cellsOf = (line: string): string[] => line.split('|').map((cell) => cell.trim());

/** Rows of a table; throws where a row has more or fewer cells than there are columns. */
export function rowsOf<const Column extends string>(
  columns: readonly Column[],
  table: string,
): Row<Column>[] {
  const [header = '', ...lines] = table.split('\n').filter((line) => line.trim() !== '');
  if (cellsOf(header).join('|') !== columns.join('|'))
    throw new Error(`the columns are not ${columns.join(', ')}: ${header}`);
  let group = '';
  return lines.map((line) => {
    const cells = cellsOf(line);
    if (cells.length !== columns.length) throw new Error(`not ${columns.length} cells: ${line}`);
    group = cells[0] === '' ? group : (cells[0] ?? '');
    const named = columns.map((column, index) => [column, index === 0 ? group : cells[index]]);
    return Object.fromEntries(named) as Row<Column>;
  });
}
