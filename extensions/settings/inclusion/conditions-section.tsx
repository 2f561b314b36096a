// Which Salesforce records may send anything to HubSpot: a condition for leads and one for contacts.
import { Flex, Heading, Text, Tile } from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';
import { SALESFORCE_OBJECTS } from '../../../src/engine/fields.ts';
import { SalesforceCondition, THINGS } from '../salesforce-condition.tsx';
import { useConditionsPreview } from '../use-conditions.ts';
import type { Inclusion } from './use-inclusion.ts';

export interface ConditionsSectionProps {
  readonly conditions: Inclusion['salesforceConditions'];
  /** Of the saved settings. */
  readonly version: number;
  readonly isShown: boolean;
  readonly readOnly: boolean;
  readonly onConditions: (conditions: Inclusion['salesforceConditions']) => void;
}

export function ConditionsSection(props: ConditionsSectionProps): ReactElement {
  const { conditions, version, isShown, readOnly, onConditions } = props;
  const previews = useConditionsPreview(conditions, version, isShown && !readOnly);
  return (
    <Flex direction="column" gap="small">
      <Heading>Which Salesforce records may send to HubSpot</Heading>
      <Text>
        A record that doesn’t meet its condition changes nothing in HubSpot and doesn’t become a
        contact there. What is in HubSpot still goes to it.
      </Text>
      {SALESFORCE_OBJECTS.map((object) => (
        <Tile key={object}>
          <Flex direction="column" gap="small">
            <Heading>{`Salesforce ${THINGS[object]}`}</Heading>
            {conditions[object] === null && (
              <Text>{`All ${THINGS[object]} may send to HubSpot.`}</Text>
            )}
            <SalesforceCondition
              name={`condition-${object}`}
              object={object}
              condition={conditions[object]}
              beginLabel={`Choose which ${THINGS[object]}`}
              previews={previews}
              concernsPairs
              isShown={isShown}
              readOnly={readOnly}
              onCondition={(condition) => {
                onConditions({ ...conditions, [object]: condition });
              }}
            />
          </Flex>
        </Tile>
      ))}
    </Flex>
  );
}
