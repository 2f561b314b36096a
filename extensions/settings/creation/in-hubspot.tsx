// Which leads and contacts of Salesforce become contacts in HubSpot.
import { Flex, Text, Tile, Toggle } from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';
import { ConditionBuilder } from '../../ui/condition-builder.tsx';
import { useConditionFields } from '../use-condition-fields.ts';
import type { Creation } from './use-creation.ts';

const OBJECTS = [
  {
    object: 'Lead',
    label: 'Create a HubSpot contact from a Salesforce lead',
    which: 'Only from leads that meet a condition:',
    field: 'Lead field',
  },
  {
    object: 'Contact',
    label: 'Create a HubSpot contact from a Salesforce contact',
    which: 'Only from contacts that meet a condition:',
    field: 'Contact field',
  },
] as const;

export interface InHubSpotProps {
  readonly isShown: boolean;
  readonly creation: Creation;
  readonly readOnly: boolean;
  readonly onCreation: (creation: Creation) => void;
}

export function InHubSpot(props: InHubSpotProps): ReactElement {
  return (
    <Flex direction="column" gap="medium">
      {OBJECTS.map((one) => (
        <FromObject key={one.object} {...props} {...one} />
      ))}
      <Text variant="microcopy">
        Turn both off when two HubSpot accounts share one Salesforce org: each would create the
        other’s people.
      </Text>
    </Flex>
  );
}

function FromObject({
  isShown,
  object,
  label,
  which,
  field,
  creation,
  readOnly,
  onCreation,
}: InHubSpotProps & (typeof OBJECTS)[number]): ReactElement {
  const isOn = creation.inHubSpot[object];
  const fields = useConditionFields(object, isShown && isOn);
  return (
    <Flex direction="column" gap="small">
      <Toggle
        name={`create-from-${object.toLowerCase()}`}
        label={label}
        readOnly={readOnly}
        checked={isOn}
        onChange={(checked) => {
          onCreation({ ...creation, inHubSpot: { ...creation.inHubSpot, [object]: checked } });
        }}
      />
      {isOn && (!readOnly || creation.inHubSpotWhen[object] !== null) && (
        <Tile compact>
          <Flex direction="column" gap="small">
            <Text>
              {creation.inHubSpotWhen[object] === null
                ? 'From every one that has an e-mail address.'
                : which}
            </Text>
            <ConditionBuilder
              name={`create-from-${object.toLowerCase()}-when`}
              fields={fields.value ?? []}
              fieldLabel={field}
              value={creation.inHubSpotWhen[object]}
              readOnly={readOnly}
              onChange={(condition) => {
                onCreation({
                  ...creation,
                  inHubSpotWhen: { ...creation.inHubSpotWhen, [object]: condition },
                });
              }}
            />
          </Flex>
        </Tile>
      )}
    </Flex>
  );
}
