// How filled the chosen fields are. Both CRMs count when somebody asks: it costs a few API calls.
import { Button, Flex, LoadingSpinner, ProgressBar, Text } from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { ReactElement } from 'react';
import type { Filled } from '../../../src/api/contract.ts';
import { apiErrorOf } from '../../ui/call-tandem.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { useFieldUsage } from './use-mappings.ts';

interface Fields {
  readonly hubspotProperty: string;
  readonly leadField: string | null;
  readonly contactField: string | null;
}

export interface FieldUsageProps {
  /** Null: there is nothing to count yet. */
  readonly fields: Fields | null;
}

const number = new Intl.NumberFormat('en');

function Usage({ title, filled }: { readonly title: string; readonly filled: Filled | null }) {
  if (filled === null) return null;
  if (filled.filled === null) {
    return <Text>{`${title}: a field that Salesforce doesn’t count, such as a long text.`}</Text>;
  }
  const percent = filled.total === 0 ? 0 : Math.round((100 * filled.filled) / filled.total);
  return (
    <ProgressBar
      title={title}
      value={filled.filled}
      maxValue={Math.max(1, filled.total)}
      showPercentage={false}
      valueDescription={`${number.format(filled.filled)} of ${number.format(filled.total)} filled (${percent} %)`}
    />
  );
}

export function FieldUsage({ fields }: FieldUsageProps): ReactElement {
  const [asked, setAsked] = useState<Fields | null>(null);
  const isSame = fields !== null && JSON.stringify(asked) === JSON.stringify(fields);
  const { value, error, isFetching, refetch } = useFieldUsage(isSame ? fields : null);
  if (!isSame) {
    return (
      <Flex direction="row" gap="small" align="center" wrap>
        <Button
          size="xs"
          disabled={fields === null}
          onClick={() => {
            setAsked(fields);
          }}
        >
          Count how filled these fields are
        </Button>
        <Text variant="microcopy">Takes two HubSpot calls and one Salesforce call.</Text>
      </Flex>
    );
  }
  if (error !== null) {
    return (
      <ErrorNotice
        title="It could not be counted"
        error={apiErrorOf(error)}
        retry={{ running: isFetching, onRetry: refetch }}
      />
    );
  }
  if (value === undefined || isFetching) return <LoadingSpinner label="Counting" showLabel />;
  return (
    <Flex direction="column" gap="small">
      <Usage title="HubSpot contacts" filled={value.hubspot} />
      <Usage title="Salesforce leads" filled={value.lead} />
      <Usage title="Salesforce contacts" filled={value.contact} />
    </Flex>
  );
}
