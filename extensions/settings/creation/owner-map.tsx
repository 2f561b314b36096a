// Who of Salesforce stands for whom of HubSpot: whoever has nobody first, to be chosen on the spot.
import {
  Accordion,
  EmptyState,
  Flex,
  LoadingSpinner,
  SearchInput,
  Text,
  Toggle,
} from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { ReactElement } from 'react';
import type { CallAnswer } from '../../../src/api/contract.ts';
import type { Settings } from '../../../src/engine/settings.ts';
import { apiErrorOf } from '../../ui/call-tandem.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { holderRows, needsSomebody, ownerRows, withCounterpart, withOwner } from './owner-rows.ts';
import { HolderList, OwnerList } from './owner-lists.tsx';
import type { Fetched } from '../../ui/fetched.ts';

type Owners = Settings['owners'];

export interface OwnerMapProps {
  readonly people: Fetched<CallAnswer<'get-owners'>>;
  readonly owners: Owners;
  readonly readOnly: boolean;
  readonly onOwners: (owners: Owners) => void;
}

export function OwnerMap(props: OwnerMapProps): ReactElement {
  const { people, owners, readOnly, onOwners } = props;
  const { value, error, isFetching, refetch } = people;
  return (
    <Flex direction="column" gap="medium">
      <Text>
        A HubSpot owner and the Salesforce user with the same e-mail address are the same person.
        Choose somebody for the others; queues can own leads.
      </Text>
      <Toggle
        name="use-assignment-rules"
        label="Let Salesforce’s assignment rules choose the owner of a new lead whose HubSpot owner has nobody"
        readOnly={readOnly}
        checked={owners.useAssignmentRules}
        onChange={(useAssignmentRules) => {
          onOwners({ ...owners, useAssignmentRules });
        }}
      />
      {error !== null && (
        <ErrorNotice
          title="The owners could not be loaded"
          error={apiErrorOf(error)}
          retry={{ running: isFetching, onRetry: refetch }}
        />
      )}
      {value === undefined ? (
        error === null && <LoadingSpinner label="Loading owners and users" showLabel />
      ) : (
        <Loaded {...props} value={value} />
      )}
    </Flex>
  );
}

function Loaded({
  value,
  owners,
  readOnly,
  onOwners,
}: OwnerMapProps & { readonly value: CallAnswer<'get-owners'> }): ReactElement {
  const [wanted, setWanted] = useState('');
  const rows = ownerRows(value, owners.map);
  const open = rows.filter((row) => needsSomebody(row) && !row.owner.archived).length;
  const without = holderRows(value, rows, owners.map);
  const count = without.filter(({ ownerId }) => ownerId === null).length;
  const words = wanted.trim().toLowerCase();
  const shown = rows.filter(({ owner, holder }) =>
    [owner.name, owner.email, holder?.name].some(
      (text) => text?.toLowerCase().includes(words) ?? false,
    ),
  );
  const put = (map: Owners['map']): void => {
    onOwners({ ...owners, map });
  };
  if (value.owners.length === 0)
    return (
      <EmptyState title="HubSpot has no owners" flush imageWidth={120}>
        <Text>Or Tandem may not see them: the app needs the scope crm.objects.owners.read.</Text>
      </EmptyState>
    );
  return (
    <>
      <Text format={{ fontWeight: 'demibold' }}>
        {open === 0
          ? 'Every active HubSpot owner has somebody in Salesforce.'
          : `${open === 1 ? 'One HubSpot owner has' : `${open} HubSpot owners have`} nobody in Salesforce. Their contacts keep the owner that Salesforce has.`}
      </Text>
      {rows.length > 10 && (
        <SearchInput
          name="owner-search"
          label="Find an owner or user"
          value={wanted}
          onInput={setWanted}
          onChange={setWanted}
        />
      )}
      <OwnerList
        rows={shown}
        holders={value.holders}
        pairs={owners.map}
        readOnly={readOnly}
        onChoose={(owner, holderId) => {
          put(withCounterpart(owners.map, owner, holderId));
        }}
      />
      {without.length > 0 && (
        <Accordion title={`Salesforce users and queues without a HubSpot owner: ${count}`}>
          <Flex direction="column" gap="small">
            <Text>
              HubSpot contacts whose Salesforce record they own keep the owner that HubSpot has.
              With an owner chosen here, HubSpot shows that owner instead.
            </Text>
            <HolderList
              rows={without}
              owners={value.owners}
              readOnly={readOnly}
              onChoose={(holder, owner) => {
                put(withOwner(owners.map, holder, owner));
              }}
            />
          </Flex>
        </Accordion>
      )}
    </>
  );
}
