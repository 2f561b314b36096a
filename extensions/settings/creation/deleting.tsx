// What happens on the other side when a record is deleted on one. Deleting there too is asked about once more.
import { Alert, Button, ButtonRow, Flex, Text, ToggleGroup } from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { ReactElement } from 'react';
import type { Settings } from '../../../src/engine/settings.ts';

type Deletion = Settings['deletion'];
type OnDelete = Deletion['inSalesforce'];

interface Side {
  readonly side: keyof Deletion;
  readonly label: string;
  readonly options: readonly {
    readonly value: OnDelete;
    readonly label: string;
    readonly description: string;
  }[];
  readonly question: string;
  readonly warning: string;
}

const SIDES: readonly Side[] = [
  {
    side: 'inSalesforce',
    label: 'When a lead or contact is deleted in Salesforce',
    options: [
      {
        value: 'leave',
        label: 'Leave the HubSpot contact as it is',
        description:
          'It stays, and nothing is created for it. If the record is restored, the two go on as before.',
      },
      {
        value: 'unlink',
        label: 'Unlink the HubSpot contact',
        description:
          'It stays and is free: the next time it changes, it is paired with another record or becomes a new one, as the rules above say.',
      },
      {
        value: 'delete',
        label: 'Delete the HubSpot contact too',
        description: 'It goes to HubSpot’s recycle bin, where it can be restored for 90 days.',
      },
    ],
    question: 'Delete HubSpot contacts when their Salesforce record is deleted?',
    warning:
      'From the next save on, whoever deletes a lead or contact in Salesforce deletes the HubSpot contact with it, and with that its timeline. It can be restored for 90 days. Contacts outside the segment are left alone.',
  },
  {
    side: 'inHubSpot',
    label: 'When a contact is deleted in HubSpot',
    options: [
      {
        value: 'leave',
        label: 'Leave the Salesforce record as it is',
        description:
          'It stays, and doesn’t become a HubSpot contact again. If the contact is restored, the two go on as before.',
      },
      {
        value: 'unlink',
        label: 'Unlink the Salesforce record',
        description:
          'It stays and is free: the next time it changes, it may become a HubSpot contact again.',
      },
      {
        value: 'delete',
        label: 'Delete the Salesforce record too',
        description: 'It goes to Salesforce’s recycle bin, where it can be restored for 15 days.',
      },
    ],
    question: 'Delete Salesforce records when their HubSpot contact is deleted?',
    warning:
      'From the next save on, whoever deletes a contact in HubSpot deletes the lead or contact in Salesforce with it. It can be restored for 15 days.',
  },
];

export interface DeletingProps {
  readonly deletion: Deletion;
  readonly readOnly: boolean;
  readonly onDeletion: (deletion: Deletion) => void;
}

export function Deleting(props: DeletingProps): ReactElement {
  return (
    <Flex direction="column" gap="medium">
      <Text>
        Only records that are in a recycle bin count as deleted: one that Tandem may not see any
        more, or that was merged or erased for privacy, deletes nothing.
      </Text>
      {SIDES.map((side) => (
        <OneSide key={side.side} {...props} {...side} />
      ))}
    </Flex>
  );
}

function OneSide(props: DeletingProps & Side): ReactElement {
  const { side, label, options, question, warning, deletion, readOnly, onDeletion } = props;
  const [isAsking, setAsking] = useState(false);
  const put = (value: OnDelete): void => {
    setAsking(false);
    onDeletion({ ...deletion, [side]: value });
  };
  return (
    <Flex direction="column" gap="small">
      <ToggleGroup
        toggleType="radioButtonList"
        name={`deleted-${side === 'inSalesforce' ? 'in-salesforce' : 'in-hubspot'}`}
        label={label}
        value={isAsking ? 'delete' : deletion[side]}
        options={options.map((option) => ({ ...option, readOnly }))}
        onChange={(value) => {
          const chosen = options.find((option) => option.value === value);
          if (chosen === undefined) return;
          if (chosen.value === 'delete' && deletion[side] !== 'delete') setAsking(true);
          else put(chosen.value);
        }}
      />
      {isAsking && (
        <Alert title={question} variant="warning">
          <Flex direction="column" gap="small" align="start">
            <Text>{`${warning} Pairs that somebody made by hand are never deleted.`}</Text>
            <ButtonRow disableDropdown>
              <Button
                variant="destructive"
                onClick={() => {
                  put('delete');
                }}
              >
                Yes, delete them too
              </Button>
              <Button
                onClick={() => {
                  setAsking(false);
                }}
              >
                No, keep it as it was
              </Button>
            </ButtonRow>
          </Flex>
        </Alert>
      )}
    </Flex>
  );
}
