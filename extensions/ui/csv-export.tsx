// Records as CSV. HubSpot's settings pages can't hand out a file: the rows are fetched, page after page, and then
// copied as text, which takes a click of its own, since browsers let a page write to the clipboard only right after one.
import { Alert, Button, Flex, LoadingSpinner, Text, TextArea } from '@hubspot/ui-extensions';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ReactElement } from 'react';
import { apiErrorOf } from './call-tandem.ts';
import { ErrorNotice } from './error-notice.tsx';

/** What a clipboard and a spreadsheet take without trouble. */
const MOST_EXPORTED = 20_000;

interface CsvPage {
  readonly csv: string;
  readonly rows: number;
  readonly after: string | null;
}

export interface CsvExportProps {
  /** Names what is exported, and nothing else. */
  readonly name: string;
  readonly fetchPage: (after: string | null) => Promise<CsvPage>;
  readonly copyText: (text: string) => Promise<void>;
}

/** Fetches page after page until all are there. */
function useCsv({ name, fetchPage }: Pick<CsvExportProps, 'name' | 'fetchPage'>) {
  const { data, error, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery({
    queryKey: ['csv-export', name],
    queryFn: ({ pageParam }: { pageParam: string | null }) => fetchPage(pageParam),
    initialPageParam: null,
    getNextPageParam: ({ after }) => after,
    // What was exported a minute ago is not what is wrong now.
    gcTime: 0,
  });
  const rows = data?.pages.reduce((sum, page) => sum + page.rows, 0) ?? 0;
  const goesOn = hasNextPage && rows < MOST_EXPORTED;
  useEffect(() => {
    if (goesOn && !isFetching && error === null) void fetchNextPage();
  }, [goesOn, isFetching, error, fetchNextPage]);
  return {
    csv: data?.pages.map((page) => page.csv).join('') ?? '',
    rows,
    isComplete: data !== undefined && !goesOn,
    error,
    retry: () => void fetchNextPage(),
  };
}

const number = new Intl.NumberFormat('en');
const recordsInWords = (count: number): string =>
  `${number.format(count)} ${count === 1 ? 'record' : 'records'}`;

/** More than this in a text field makes a browser slow; the copy has all. */
const MOST_SHOWN = 100_000;

export function CsvExport(props: CsvExportProps): ReactElement {
  const { name, copyText } = props;
  const { csv, rows, isComplete, error, retry } = useCsv(props);
  const [copied, setCopied] = useState<'no' | 'yes' | 'refused'>('no');
  if (error !== null) {
    return (
      <ErrorNotice
        title="Not all records could be fetched"
        error={apiErrorOf(error)}
        retry={{ running: false, onRetry: retry }}
      />
    );
  }
  if (!isComplete) {
    return <LoadingSpinner label={`Fetching the records: ${recordsInWords(rows)}`} showLabel />;
  }
  const copy = (): void => {
    copyText(csv).then(
      () => {
        setCopied('yes');
      },
      () => {
        setCopied('refused');
      },
    );
  };
  return (
    <Flex direction="column" gap="small">
      <Text>
        Copy the text and paste it into a spreadsheet, or save it as a file that ends in .csv.
      </Text>
      {rows >= MOST_EXPORTED && (
        <Alert title={`The first ${recordsInWords(rows)}`} variant="warning">
          There are more; put some of these right, or read them all from the database.
        </Alert>
      )}
      <Flex direction="row">
        <Button variant="primary" disabled={rows === 0} onClick={copy}>
          {`Copy ${recordsInWords(rows)}`}
        </Button>
      </Flex>
      {copied === 'yes' && <Alert title={`Copied ${recordsInWords(rows)}`} variant="success" />}
      {copied === 'refused' && (
        <Alert title="The browser did not let HubSpot copy" variant="warning">
          Select the text below and copy it yourself.
        </Alert>
      )}
      <TextArea
        name={`csv-${name}`}
        label="CSV"
        readOnly
        rows={12}
        value={csv.slice(0, MOST_SHOWN)}
      />
      {csv.length > MOST_SHOWN && (
        <Text variant="microcopy">Only the beginning is shown; the copy has all of it.</Text>
      )}
    </Flex>
  );
}
