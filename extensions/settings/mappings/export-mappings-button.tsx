// The mappings as text, as they are in the draft. HubSpot's settings pages can't hand out a file: the text is copied,
// which takes a click of its own, since browsers let a page write to the clipboard only right after one.
import {
  Alert,
  Button,
  Flex,
  LoadingSpinner,
  Panel,
  PanelBody,
  PanelSection,
  Select,
  Text,
  TextArea,
} from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { ReactElement } from 'react';
import type { MappingView } from '../../../src/api/contract.ts';
import { apiErrorOf } from '../../ui/call-tandem.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { useWrittenMappings } from './use-mappings.ts';

export interface ExportMappingsButtonProps {
  readonly mappings: readonly MappingView[];
  readonly copyText: (text: string) => Promise<void>;
}

const FORMATS = [
  { label: 'CSV, for spreadsheets', value: 'csv' },
  { label: 'JSON, for programs', value: 'json' },
] as const;
type Format = (typeof FORMATS)[number]['value'];

export function ExportMappingsButton(props: ExportMappingsButtonProps): ReactElement {
  const [isOpen, setOpen] = useState(false);
  return (
    <Button
      onClick={() => {
        setOpen(true);
      }}
      overlay={
        <Panel
          id="tandem-export-mappings"
          title="Export the mappings"
          width="medium"
          onClose={() => {
            setOpen(false);
          }}
        >
          <PanelBody>
            <PanelSection>{isOpen && <Export {...props} />}</PanelSection>
          </PanelBody>
        </Panel>
      }
    >
      Export
    </Button>
  );
}

function Export({ mappings, copyText }: ExportMappingsButtonProps): ReactElement {
  const [format, setFormat] = useState<Format>('csv');
  const [copied, setCopied] = useState<'no' | 'yes' | 'refused'>('no');
  const { value, error, isFetching, refetch } = useWrittenMappings(mappings, format);
  if (error !== null) {
    return (
      <ErrorNotice
        title="The mappings could not be written"
        error={apiErrorOf(error)}
        retry={{ running: isFetching, onRetry: refetch }}
      />
    );
  }
  if (value === undefined) return <LoadingSpinner label="Writing the mappings" showLabel />;
  const { text } = value;
  const copy = (): void => {
    copyText(text).then(
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
        {`All ${value.mappings} mappings as they are on this page, unsaved changes included. Copy the text into a file that ends in .${format}; Import reads it again.`}
      </Text>
      <Select
        name="export-format"
        label="Format"
        value={format}
        options={[...FORMATS]}
        onChange={(chosen) => {
          setCopied('no');
          setFormat(FORMATS.find((each) => each.value === chosen)?.value ?? 'csv');
        }}
      />
      <Flex direction="row">
        <Button variant="primary" onClick={copy}>
          Copy the text
        </Button>
      </Flex>
      {copied === 'yes' && <Alert title="Copied" variant="success" />}
      {copied === 'refused' && (
        <Alert title="The browser did not let HubSpot copy" variant="warning">
          Select the text below and copy it yourself.
        </Alert>
      )}
      <TextArea name="exported-mappings" label="Mappings" readOnly rows={14} value={text} />
    </Flex>
  );
}
