// The try-it box: somebody in HubSpot, or values that are typed, and what the rules as they are being edited make of them.
import { Flex, Heading, LoadingSpinner, Text, Tile, ToggleGroup } from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { ReactElement } from 'react';
import type { ConditionFieldView, FoundContact } from '../../../src/api/contract.ts';
import { apiErrorOf } from '../../ui/call-tandem.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { PersonPicker } from '../../ui/person-picker.tsx';
import { TryOutcome } from './try-outcome.tsx';
import { NOTHING_TYPED, TypedPerson } from './typed-person.tsx';
import type { Typed } from './typed-person.tsx';
import { useTriedCreation } from './use-creation.ts';
import type { Creation, Who } from './use-creation.ts';

export interface TryItProps {
  readonly creation: Creation;
  readonly properties: readonly ConditionFieldView[];
  readonly person: FoundContact | null;
  readonly onPerson: (person: FoundContact | null) => void;
}

type Mode = 'contact' | 'values';

const MODES = [
  { value: 'contact', label: 'Somebody in HubSpot' },
  { value: 'values', label: 'Values I enter' },
] as const;

export function TryIt({ creation, properties, person, onPerson }: TryItProps): ReactElement {
  const [mode, setMode] = useState<Mode>('contact');
  const [typed, setTyped] = useState<Typed>(NOTHING_TYPED);
  const who = whoOf(mode, person, typed);
  const { value, error, isFetching, refetch } = useTriedCreation(creation, who);
  return (
    <Tile>
      <Flex direction="column" gap="medium">
        <Flex direction="column" gap="flush">
          <Heading>Try it</Heading>
          <Text>
            What somebody would become by these rules, saved or not. Nothing is written anywhere.
          </Text>
        </Flex>
        <ToggleGroup
          toggleType="radioButtonList"
          name="try-who"
          label="Who"
          inline
          value={mode}
          options={MODES.map((option) => ({ ...option }))}
          onChange={(chosen) => {
            setMode(chosen === 'values' ? 'values' : 'contact');
          }}
        />
        {mode === 'contact' ? (
          <PersonPicker
            name="try-person"
            label="Find a contact"
            person={person}
            onPerson={onPerson}
          />
        ) : (
          <TypedPerson
            creation={creation}
            properties={properties}
            typed={typed}
            onTyped={setTyped}
          />
        )}
        {who !== null && error !== null && (
          <ErrorNotice
            title="This could not be tried"
            error={apiErrorOf(error)}
            retry={{ running: isFetching, onRetry: refetch }}
          />
        )}
        {who !== null &&
          error === null &&
          (value === undefined ? (
            <LoadingSpinner label="Trying it" showLabel />
          ) : (
            <TryOutcome tried={value} />
          ))}
      </Flex>
    </Tile>
  );
}

function whoOf(mode: Mode, person: FoundContact | null, typed: Typed): Who | null {
  if (mode === 'contact') return person && { of: 'contact', contactId: person.contactId };
  const properties = Object.fromEntries(
    Object.entries(typed.properties).filter(([, text]) => text !== ''),
  );
  return { of: 'values', properties, hasAccount: typed.hasAccount };
}
