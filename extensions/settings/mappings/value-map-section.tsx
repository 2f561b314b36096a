// The value map of a mapping, where one of its sides has options to choose from. Both lists stand side by side; what has
// no counterpart is named, and options of the same name are matched with one click.
import { Alert, Button, Flex, LoadingSpinner, Text } from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { ReactElement } from 'react';
import type { CallParameters, ValueOption } from '../../../src/api/contract.ts';
import { apiErrorOf } from '../../ui/call-tandem.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { FreeValuePairs } from './free-value-pairs.tsx';
import { useMappingOptions } from './use-mappings.ts';
import { matchedByName, unmatchedOptions } from './value-matching.ts';
import type { ValueMap } from './value-matching.ts';
import { ValuePairTable } from './value-pair-table.tsx';

export interface ValueMapSectionProps {
  /** Null: nothing is chosen yet. */
  readonly fields: CallParameters<'get-mapping-options'> | null;
  readonly map: ValueMap;
  /** Whether it is the map that comes with a default mapping; null of custom mappings, which have none. */
  readonly isBuiltIn: boolean | null;
  readonly onMap: (map: ValueMap) => void;
  readonly onBuiltIn: () => void;
}

export function ValueMapSection(props: ValueMapSectionProps): ReactElement | null {
  const { fields, map } = props;
  const { value, error, isFetching, refetch } = useMappingOptions(fields);
  if (fields === null) return null;
  if (error !== null) {
    return (
      <ErrorNotice
        title="The options could not be read"
        error={apiErrorOf(error)}
        retry={{ running: isFetching, onRetry: refetch }}
      />
    );
  }
  if (value === undefined) return <LoadingSpinner label="Reading the options" showLabel />;
  const { hubspot, salesforce } = value;
  if (hubspot === null && salesforce === null && map.length === 0) return null;
  return (
    <Flex direction="column" gap="small">
      <Text format={{ fontWeight: 'demibold' }}>Value map</Text>
      <Text variant="microcopy">
        Values of the same name go together by themselves. Map those that are spelt differently.
        {props.isBuiltIn === true && ' This is the map that Tandem comes with.'}
      </Text>
      {hubspot !== null && salesforce !== null ? (
        <BothListed {...props} hubspot={hubspot} salesforce={salesforce} />
      ) : (
        <FreeValuePairs map={map} hubspot={hubspot} salesforce={salesforce} onMap={props.onMap} />
      )}
      {props.isBuiltIn === false && (
        <Flex direction="row">
          <Button size="xs" onClick={props.onBuiltIn}>
            Use the map that Tandem comes with
          </Button>
        </Flex>
      )}
    </Flex>
  );
}

interface BothListedProps extends ValueMapSectionProps {
  readonly hubspot: readonly ValueOption[];
  readonly salesforce: readonly ValueOption[];
}

const MOST_NAMED = 12;

function namesOf(options: readonly ValueOption[]): string {
  const names = options.slice(0, MOST_NAMED).map(({ label }) => label);
  const more = options.length - names.length;
  return `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function BothListed({ map, hubspot, salesforce, onMap }: BothListedProps): ReactElement {
  const [added, setAdded] = useState<number | null>(null);
  const unmatched = unmatchedOptions(map, hubspot, salesforce);
  const change = (changed: ValueMap): void => {
    setAdded(null);
    onMap(changed);
  };
  return (
    <Flex direction="column" gap="small">
      <Flex direction="row" gap="small" align="center" wrap>
        <Button
          size="xs"
          variant="primary"
          onClick={() => {
            const matched = matchedByName(map, hubspot, salesforce);
            setAdded(matched.added);
            if (matched.added > 0) onMap(matched.map);
          }}
        >
          Match by name
        </Button>
        <Button
          size="xs"
          disabled={map.length === 0}
          onClick={() => {
            change([]);
          }}
        >
          Empty the map
        </Button>
        <Text variant="microcopy">
          {added === null
            ? `${map.length} of ${hubspot.length} HubSpot values mapped.`
            : added === 0
              ? 'No more values have the same name.'
              : `${added === 1 ? '1 value was' : `${added} values were`} matched.`}
        </Text>
      </Flex>
      {(unmatched.hubspot.length > 0 || unmatched.salesforce.length > 0) && (
        <Alert title="Some values have no counterpart and are left out" variant="warning">
          {[
            unmatched.hubspot.length > 0 ? `In HubSpot: ${namesOf(unmatched.hubspot)}.` : '',
            unmatched.salesforce.length > 0
              ? `In Salesforce: ${namesOf(unmatched.salesforce)}.`
              : '',
          ].join(' ')}
        </Alert>
      )}
      <ValuePairTable map={map} hubspot={hubspot} salesforce={salesforce} onMap={change} />
    </Flex>
  );
}
