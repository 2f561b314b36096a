// CSV as Bulk API 2.0 speaks it: every value in quotes, one line ending and one delimiter a job.
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { fail } from '../errors.ts';
import type { ReadValue } from '../org/computed.ts';
import type { FieldSpec } from '../schema/field.ts';

const DELIMITERS: Readonly<Record<string, string>> = {
  BACKQUOTE: '`',
  CARET: '^',
  COMMA: ',',
  PIPE: '|',
  SEMICOLON: ';',
  TAB: '\t',
};
const LINE_ENDINGS: Readonly<Record<string, string>> = { LF: '\n', CRLF: '\r\n' };

export interface Layout {
  readonly lineEnding: string;
  readonly columnDelimiter: string;
}

export function layoutOf(body: Readonly<Record<string, unknown>>): Layout {
  const { lineEnding = 'LF', columnDelimiter = 'COMMA' } = body;
  if (typeof lineEnding !== 'string' || !(lineEnding in LINE_ENDINGS))
    throw fail(400, 'INVALIDJOB', `Invalid lineEnding: ${String(lineEnding)}`);
  if (typeof columnDelimiter !== 'string' || !(columnDelimiter in DELIMITERS))
    throw fail(400, 'INVALIDJOB', `Invalid columnDelimiter: ${String(columnDelimiter)}`);
  return { lineEnding, columnDelimiter };
}

export function toCsv(rows: readonly (readonly string[])[], layout: Layout): string {
  return stringify(
    rows.map((row) => [...row]),
    {
      quoted: true,
      quoted_empty: true,
      delimiter: DELIMITERS[layout.columnDelimiter] ?? ',',
      record_delimiter: LINE_ENDINGS[layout.lineEnding] ?? '\n',
    },
  );
}

/** The rows of an upload, header first; throws what Salesforce fails the job with. */
export function fromCsv(text: string, layout: Layout): string[][] {
  const firstLine = text.slice(0, text.indexOf('\n') + 1);
  if (firstLine.endsWith('\r\n') !== (layout.lineEnding === 'CRLF'))
    throw new BadUpload(
      `ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is ${layout.lineEnding}`,
    );
  try {
    return parse(text, {
      delimiter: DELIMITERS[layout.columnDelimiter] ?? ',',
      record_delimiter: LINE_ENDINGS[layout.lineEnding] ?? '\n',
    });
  } catch (error) {
    throw new BadUpload(
      `InvalidBatch : Failed to parse CSV. ${error instanceof Error ? error.message : ''}`,
    );
  }
}

/** Fails a job: the data can't be read. */
export class BadUpload extends Error {}

/** A value as query results show it: blank when null, datetimes with Z where REST has +0000. */
export function cellOf({ type }: FieldSpec, value: ReadValue): string {
  if (value === null || typeof value === 'object') return '';
  return type === 'datetime' ? String(value).replace(/\+0000$/, 'Z') : String(value);
}
