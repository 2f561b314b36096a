// The list of people to pick from, with a search by name or email and each one's sync state.
import { useCallback, useEffect, useState } from 'react';
import type { ReactElement } from 'react';
import type { PersonRow } from '../../contract.ts';
import { previewApi } from '../api.ts';
import { usePolled } from '../use-polled.ts';

const POLL_MS = 4_000;
const TYPING_PAUSE_MS = 200;

const STATE_NAMES = {
  inSync: 'In sync',
  waiting: 'Waiting',
  problem: 'Problem',
  notSyncing: 'Not syncing',
  neverSynced: 'Never synced',
} as const satisfies Readonly<Record<PersonRow['state'], string>>;

export interface PeopleListProps {
  readonly selected: string | null;
  readonly onSelect: (contactId: string) => void;
  /** Called with the first list when nobody is selected yet. */
  readonly onFirst: (contactId: string) => void;
}

/** The text as it was when typing paused. */
function usePause(text: string): string {
  const [paused, setPaused] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => {
      setPaused(text);
    }, TYPING_PAUSE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [text]);
  return paused;
}

export function PeopleList({ selected, onSelect, onFirst }: PeopleListProps): ReactElement {
  const [search, setSearch] = useState('');
  const asked = usePause(search);
  const load = useCallback(() => previewApi.people(asked), [asked]);
  const { value, error } = usePolled(load, POLL_MS);
  const first = value?.people[0]?.contactId;
  useEffect(() => {
    if (selected === null && first !== undefined) onFirst(first);
  }, [selected, first, onFirst]);

  return (
    <nav className="people" aria-label="People">
      <div className="people-search">
        <input
          type="search"
          className="ui-input"
          aria-label="Search people"
          placeholder="Search people"
          value={search}
          onChange={(event) => {
            setSearch(event.target.value);
          }}
        />
      </div>
      {error !== null && (
        <p className="people-note" role="alert">
          {error}
        </p>
      )}
      {value?.people.length === 0 && <p className="people-note">Nobody matches “{asked}”.</p>}
      <ul>
        {value?.people.map((person) => (
          <li key={person.contactId}>
            <button
              type="button"
              className="person"
              aria-current={person.contactId === selected ? 'true' : undefined}
              title={person.headline}
              onClick={() => {
                onSelect(person.contactId);
              }}
            >
              <span className={`state-dot state-dot--${person.state}`} aria-hidden="true" />
              <span className="person-words">
                <span className="person-name">{person.name}</span>
                <span className="person-email">{person.email ?? 'no email'}</span>
              </span>
              <span className="ui-spoken">{STATE_NAMES[person.state]}</span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
