// Finds one contact by whatever somebody knows of it (name, e-mail address, id of either CRM) and lets it be chosen.
import { Button, Flex, LoadingSpinner, SearchInput, Text } from '@hubspot/ui-extensions';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactElement } from 'react';
import type { FoundContact } from '../../src/api/contract.ts';
import { apiErrorOf } from './call-tandem.ts';
import { ErrorNotice } from './error-notice.tsx';
import { useCallTandem } from './tandem-provider.tsx';
import { useSettled } from './use-settled.ts';

export interface PersonPickerProps {
  readonly name: string;
  readonly label: string;
  readonly person: FoundContact | null;
  readonly onPerson: (person: FoundContact | null) => void;
}

const SHORTEST = 2;

export const personInWords = ({ name, email, contactId }: FoundContact): string =>
  [name ?? `Contact ${contactId}`, email].filter((part) => part !== null).join(' · ');

export function PersonPicker({ name, label, person, onPerson }: PersonPickerProps): ReactElement {
  const [text, setText] = useState('');
  if (person !== null) {
    return (
      <Flex direction="row" gap="small" align="center" wrap>
        <Text format={{ fontWeight: 'demibold' }}>{personInWords(person)}</Text>
        <Button
          size="extra-small"
          onClick={() => {
            onPerson(null);
          }}
        >
          Choose somebody else
        </Button>
      </Flex>
    );
  }
  return (
    <Flex direction="column" gap="small">
      <SearchInput
        name={name}
        label={label}
        description="A name, an e-mail address, or the id of the contact, in HubSpot or Salesforce."
        value={text}
        onInput={setText}
        onChange={setText}
      />
      <Found text={text} onPerson={onPerson} />
    </Flex>
  );
}

function Found({
  text,
  onPerson,
}: Pick<PersonPickerProps, 'onPerson'> & { readonly text: string }): ReactElement | null {
  const call = useCallTandem();
  const wanted = text.trim();
  const asked = useSettled(wanted, wanted);
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['people', asked],
    queryFn: () => call('find-people', { text: asked }),
    enabled: asked.length >= SHORTEST,
    placeholderData: keepPreviousData,
  });
  if (wanted.length < SHORTEST) return null;
  if (error !== null)
    return (
      <ErrorNotice
        title="Nobody could be looked for"
        error={apiErrorOf(error)}
        retry={{ running: isFetching, onRetry: () => void refetch() }}
      />
    );
  if (data === undefined) return <LoadingSpinner label="Looking" showLabel size="small" />;
  if (data.people.length === 0 && !isFetching)
    return (
      <Text>{`HubSpot finds no contact for “${asked}”. Somebody who was added a moment ago is found by e-mail address.`}</Text>
    );
  return (
    <Flex direction="column" gap="extra-small">
      {data.people.map((person) => (
        <Flex key={person.contactId} direction="row" gap="small" align="center" wrap>
          <Button
            size="extra-small"
            onClick={() => {
              onPerson(person);
            }}
          >
            Choose
          </Button>
          <Text>{personInWords(person)}</Text>
        </Flex>
      ))}
    </Flex>
  );
}
