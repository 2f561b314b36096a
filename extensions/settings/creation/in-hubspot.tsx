// Which leads and contacts of Salesforce become contacts in HubSpot.
import { Flex, Text, Tile, Toggle } from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';
import { SALESFORCE_OBJECTS } from '../../../src/engine/fields.ts';
import { SalesforceCondition, THINGS } from '../salesforce-condition.tsx';
import { useConditionsPreview } from '../use-conditions.ts';
import type { Creation } from './use-creation.ts';

export interface InHubSpotProps {
  readonly isShown: boolean;
  readonly creation: Creation;
  /** Of the saved settings. */
  readonly version: number;
  readonly readOnly: boolean;
  readonly onCreation: (creation: Creation) => void;
}

export function InHubSpot(props: InHubSpotProps): ReactElement {
  const { isShown, creation, version, readOnly, onCreation } = props;
  const { inHubSpot, inHubSpotWhen: when } = creation;
  const isNarrowed = SALESFORCE_OBJECTS.some((object) => inHubSpot[object] && when[object]);
  const previews = useConditionsPreview(when, version, isShown && !readOnly && isNarrowed);
  return (
    <Flex direction="column" gap="medium">
      {SALESFORCE_OBJECTS.map((object) => (
        <Flex key={object} direction="column" gap="small">
          <Toggle
            name={`create-from-${object.toLowerCase()}`}
            label={`Create a HubSpot contact from a Salesforce ${object.toLowerCase()}`}
            readOnly={readOnly}
            checked={inHubSpot[object]}
            onChange={(checked) => {
              onCreation({ ...creation, inHubSpot: { ...inHubSpot, [object]: checked } });
            }}
          />
          {inHubSpot[object] && (!readOnly || when[object] !== null) && (
            <Tile compact>
              <Flex direction="column" gap="small">
                <Text>
                  {when[object] === null
                    ? 'From every one that has an e-mail address.'
                    : `Only from ${THINGS[object]} that meet a condition:`}
                </Text>
                <SalesforceCondition
                  name={`create-from-${object.toLowerCase()}-when`}
                  object={object}
                  condition={when[object]}
                  beginLabel={`Only from certain ${THINGS[object]}`}
                  previews={previews}
                  concernsPairs={false}
                  isShown={isShown}
                  readOnly={readOnly}
                  onCondition={(condition) => {
                    onCreation({ ...creation, inHubSpotWhen: { ...when, [object]: condition } });
                  }}
                />
              </Flex>
            </Tile>
          )}
        </Flex>
      ))}
      <Text variant="microcopy">
        Turn both off when two HubSpot accounts share one Salesforce org: each would create the
        other’s people.
      </Text>
    </Flex>
  );
}
