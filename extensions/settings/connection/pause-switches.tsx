// Pausing sync, direction by direction. Part of the settings: it goes for everybody once it is saved.
import { Flex, Heading, Text, Toggle } from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';
import type { Settings } from '../../../src/engine/settings.ts';

export interface PauseSwitchesProps {
  readonly paused: Settings['paused'];
  readonly readOnly: boolean;
  readonly onPaused: (paused: Settings['paused']) => void;
}

export function PauseSwitches({ paused, readOnly, onPaused }: PauseSwitchesProps): ReactElement {
  return (
    <Flex direction="column" gap="small">
      <Heading>Pause</Heading>
      <Text>
        While a direction is paused nothing is written that way, whatever asks for it. What is new
        waits, and goes by itself when you resume. Both take effect when you save.
      </Text>
      <Toggle
        name="pause-to-salesforce"
        label="Pause writing to Salesforce"
        size="sm"
        checked={paused.toSalesforce}
        readOnly={readOnly}
        onChange={(toSalesforce) => {
          onPaused({ ...paused, toSalesforce });
        }}
      />
      <Toggle
        name="pause-to-hubspot"
        label="Pause writing to HubSpot"
        size="sm"
        checked={paused.toHubSpot}
        readOnly={readOnly}
        onChange={(toHubSpot) => {
          onPaused({ ...paused, toHubSpot });
        }}
      />
    </Flex>
  );
}
