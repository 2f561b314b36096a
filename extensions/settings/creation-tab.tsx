// The tab "Creating records": what a person without a counterpart on the other side becomes there.
import { Flex, Heading, Text, Toggle, ToggleGroup } from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';
import type { Settings } from '../../src/engine/settings.ts';

type Creation = Settings['creation'];

const IN_SALESFORCE: readonly {
  readonly value: Creation['inSalesforce'];
  readonly label: string;
  readonly description: string;
}[] = [
  {
    value: 'lead',
    label: 'Create a lead',
    description:
      'The usual choice. Without a company in HubSpot, the domain of the e-mail address stands in.',
  },
  {
    value: 'contact',
    label: 'Create a contact',
    description: 'For orgs that work without leads. The contact gets no account.',
  },
  {
    value: 'nothing',
    label: 'Do nothing',
    description: 'Only people who are in Salesforce already sync.',
  },
];

const IN_HUBSPOT = [
  { object: 'Lead', label: 'Create a HubSpot contact from a Salesforce lead' },
  { object: 'Contact', label: 'Create a HubSpot contact from a Salesforce contact' },
] as const;

export interface CreationTabProps {
  readonly creation: Creation;
  readonly readOnly: boolean;
  readonly onCreation: (creation: Creation) => void;
}

export function CreationTab({ creation, readOnly, onCreation }: CreationTabProps): ReactElement {
  return (
    <Flex direction="column" gap="medium">
      <Text>
        Nobody is created twice: a person whose e-mail address is on the other side already is
        paired with that record.
      </Text>
      <ToggleGroup
        toggleType="radioButtonList"
        name="create-in-salesforce"
        label="When a HubSpot contact isn’t in Salesforce"
        value={creation.inSalesforce}
        options={IN_SALESFORCE.map((option) => ({ ...option, readOnly }))}
        onChange={(value) => {
          const chosen = IN_SALESFORCE.find((option) => option.value === value);
          if (chosen) onCreation({ ...creation, inSalesforce: chosen.value });
        }}
      />
      <Heading>When a Salesforce record isn’t in HubSpot</Heading>
      {IN_HUBSPOT.map(({ object, label }) => (
        <Toggle
          key={object}
          name={`create-from-${object.toLowerCase()}`}
          label={label}
          readOnly={readOnly}
          checked={creation.inHubSpot[object]}
          onChange={(checked) => {
            onCreation({ ...creation, inHubSpot: { ...creation.inHubSpot, [object]: checked } });
          }}
        />
      ))}
      <Text variant="microcopy">
        Turn both off when two HubSpot accounts share one Salesforce org: each would create the
        other’s people.
      </Text>
    </Flex>
  );
}
