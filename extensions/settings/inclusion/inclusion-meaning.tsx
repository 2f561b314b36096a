// What a choice of lists means, in sentences (native-connector §5).
import { List, Text } from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';
import type { Inclusion } from './use-inclusion.ts';

export interface InclusionMeaningProps {
  readonly inclusion: Inclusion;
  /** By id; an id that is not there any more has none. */
  readonly nameOf: (listId: string) => string | null;
}

export function InclusionMeaning({ inclusion, nameOf }: InclusionMeaningProps): ReactElement {
  const { listId, receivers, exclusionListId } = inclusion;
  const excluded = exclusionListId === null ? null : nameOf(exclusionListId);
  const exception =
    excluded === null
      ? null
      : `Members of “${excluded}” never sync, whatever else they are in; they stay as they are on both sides.`;
  if (listId === null) {
    return (
      <List variant="unordered">
        <Text>
          Every HubSpot contact with an e-mail address syncs with Salesforce, and every lead and
          contact that Tandem may see in Salesforce syncs with HubSpot.
        </Text>
        {typeof receivers === 'object' && (
          <Text>
            {`Updates from Salesforce only reach members of “${nameOf(receivers.listId) ?? receivers.listId}”.`}
          </Text>
        )}
        {exception !== null && <Text>{exception}</Text>}
      </List>
    );
  }
  const name = nameOf(listId) ?? listId;
  return (
    <List variant="unordered">
      <Text>{waysInWords(name, receivers, nameOf)}</Text>
      {exception !== null && <Text>{exception}</Text>}
      <Text>
        Choosing it syncs nobody by itself: a member goes along when it changes next, or with Sync
        now.
      </Text>
      <Text>
        Who leaves the segment stays as it is on both sides, and nothing more is sent until it comes
        back.
      </Text>
      <Text>
        New Salesforce leads and contacts still become HubSpot contacts, if creating them is turned
        on; nothing more is sent until they are in the segment.
      </Text>
      <Text>Opting out of e-mail isn’t passed on either while a contact is outside.</Text>
    </List>
  );
}

function waysInWords(
  name: string,
  receivers: Inclusion['receivers'],
  nameOf: InclusionMeaningProps['nameOf'],
): string {
  if (receivers === 'members') return `Only members of “${name}” sync, in either direction.`;
  const who =
    receivers === 'everybody'
      ? 'everybody receives'
      : `members of “${nameOf(receivers.listId) ?? receivers.listId}” receive`;
  return `Only members of “${name}” send to Salesforce; ${who} what changes there.`;
}
