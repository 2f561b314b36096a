// What can be done about a field that differs, where it is: why, whose value should win, or where an admin can help.
import { Flex, Link, Text } from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';
import type { FieldView } from '../../src/api/contract.ts';
import { ReasonNote } from '../ui/reason-note.tsx';
import { SIDES } from './change-list.tsx';
import type { CardTools } from './card-tools.ts';
import { asksForChoice } from './next-steps.ts';
import { SyncButton } from './sync-dialog.tsx';

/** HubSpot documents no address of an app’s own settings page; this is the page it is reached from. */
const connectedApps = (portalId: number): string =>
  `https://app.hubspot.com/connected-apps/${portalId}/installed`;

export interface FieldFixProps {
  readonly field: FieldView;
  readonly tools: CardTools;
  /** Tells the buttons of this place from those of others that show the same field. */
  readonly place: string;
}

export function FieldFix({ field, tools, place }: FieldFixProps): ReactElement | null {
  const { hubspotProperty, hubspotLabel, reason, issue, choices } = field;
  if (reason === null) return null;
  return (
    <Flex direction="column" gap="extra-small">
      <ReasonNote reason={reason} />
      {issue === 'option' && (
        <>
          <Text variant="microcopy">
            {`Or match the two options: an admin can do so in the value map of “${hubspotLabel}”, under Field mappings in Tandem’s settings.`}
          </Text>
          <Link href={{ url: connectedApps(tools.portalId), external: true }}>
            Open the connected apps, Tandem among them
          </Link>
        </>
      )}
      {asksForChoice(field) && (
        <Flex direction="row" gap="extra-small" wrap>
          {choices.map((side) => (
            <SyncButton
              key={side}
              tools={tools}
              id={`tandem-choose-${place}-${hubspotProperty}-${side}`}
              label={`Use ${SIDES[side]}’s value`}
              title={`${hubspotLabel}: ${SIDES[side]}’s value on both sides?`}
              choices={[{ hubspotProperty, side }]}
              variant="secondary"
              size="xs"
            />
          ))}
        </Flex>
      )}
    </Flex>
  );
}
