// "What happens to this person?": somebody is looked for, and every step that decides is shown, by the settings as
// they are on the page.
import {
  Button,
  Flex,
  Form,
  Heading,
  Input,
  LoadingSpinner,
  Text,
  Tile,
} from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { ReactElement } from 'react';
import type { FoundPerson } from '../../../src/api/contract.ts';
import type { Settings } from '../../../src/engine/settings.ts';
import { apiErrorOf } from '../../ui/call-tandem.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { PersonTraceView } from './person-trace.tsx';
import { useExplainedPerson } from './use-inclusion.ts';

export interface PersonSearchProps {
  /** Null where nothing is unsaved. */
  readonly draft: Settings | null;
  /** Of the saved settings. */
  readonly version: number;
  readonly portal: { readonly id: number; readonly timezone: string };
}

export function PersonSearch({ draft, version, portal }: PersonSearchProps): ReactElement {
  const [typed, setTyped] = useState('');
  const [who, setWho] = useState<string | null>(null);
  const { value, error, isFetching, refetch } = useExplainedPerson(who, draft, version);
  const ask = (asked: string): void => {
    const text = asked.trim();
    if (text !== '') setWho(text);
  };
  return (
    <Flex direction="column" gap="small">
      <Heading>What happens to this person?</Heading>
      <Form
        onSubmit={() => {
          ask(typed);
        }}
      >
        <Flex direction="row" gap="small" align="end" wrap>
          <Input
            name="who"
            label="Person"
            placeholder="E-mail address, name, or record id"
            onInput={setTyped}
          />
          <Button type="submit" variant="secondary" disabled={typed.trim() === ''}>
            Explain
          </Button>
        </Flex>
      </Form>
      {who !== null && draft !== null && (
        <Text variant="microcopy">By your unsaved changes, not by what is saved.</Text>
      )}
      {error !== null ? (
        <ErrorNotice
          title="Nobody to explain"
          error={apiErrorOf(error)}
          retry={{ running: isFetching, onRetry: refetch }}
        />
      ) : value === undefined ? (
        who !== null && <LoadingSpinner label="Looking at both sides" showLabel />
      ) : value.trace === null ? (
        <PeopleFound people={value.people} onChoose={ask} />
      ) : (
        <PersonTraceView trace={value.trace} portal={portal} isFetching={isFetching} />
      )}
    </Flex>
  );
}

function PeopleFound({
  people,
  onChoose,
}: {
  readonly people: readonly FoundPerson[];
  readonly onChoose: (id: string) => void;
}): ReactElement {
  return (
    <Tile compact>
      <Flex direction="column" gap="small">
        <Text format={{ fontWeight: 'demibold' }}>Several people fit. Who is meant?</Text>
        {people.map(({ id, name, email, where }) => (
          <Flex key={id} direction="row" gap="small" align="center" justify="between" wrap>
            <Text>{`${name}${email === null ? '' : ` · ${email}`} · ${where}`}</Text>
            <Button
              size="xs"
              variant="secondary"
              onClick={() => {
                onChoose(id);
              }}
            >
              {`Explain ${name}`}
            </Button>
          </Flex>
        ))}
      </Flex>
    </Tile>
  );
}
