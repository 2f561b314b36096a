// Problems as CSV. HubSpot's settings pages can't hand out a file: the rows are fetched, and then copied as text,
// which takes a click of its own, since browsers let a page write to the clipboard only right after one.
import {
  Alert,
  Button,
  Flex,
  LoadingSpinner,
  Panel,
  PanelBody,
  PanelSection,
  Text,
  TextArea,
} from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { ReactElement } from 'react';
import type { ProblemChoice } from '../../../src/api/contract.ts';
import { apiErrorOf } from '../../ui/call-tandem.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { recordsInWords } from './problem-words.ts';
import { MOST_EXPORTED, useProblemExport } from './use-problems.ts';

export interface ExportButtonProps {
  readonly which: ProblemChoice;
  readonly copyText: (text: string) => Promise<void>;
  readonly children: string;
}

export function ExportButton({ which, copyText, children }: ExportButtonProps): ReactElement {
  const [isOpen, setOpen] = useState(false);
  return (
    <Button
      size="small"
      onClick={() => {
        setOpen(true);
      }}
      overlay={
        <Panel
          id={`tandem-export-${which.of}`}
          title="Export as CSV"
          width="medium"
          onClose={() => {
            setOpen(false);
          }}
        >
          <PanelBody>
            <PanelSection>{isOpen && <Export which={which} copyText={copyText} />}</PanelSection>
          </PanelBody>
        </Panel>
      }
    >
      {children}
    </Button>
  );
}

/** More than this in a text field makes a browser slow; the copy has all. */
const MOST_SHOWN = 100_000;

function Export({ which, copyText }: Omit<ExportButtonProps, 'children'>): ReactElement {
  const { csv, rows, isComplete, error, retry } = useProblemExport(which);
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
        name={`csv-${which.of}`}
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
