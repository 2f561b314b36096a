// The list of people to pick from, with a search by name or email and each one's sync state. Ticking some offers the
// app's bulk action for them, as HubSpot's contacts page does.
import { useCallback, useEffect, useState } from 'react';
import type { ReactElement } from 'react';
import type { PersonRow } from '../../contract.ts';
import { previewApi } from '../api.ts';
import { usePolled } from '../use-polled.ts';
import { ACTION_LABEL } from './bulk-action.tsx';

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
  readonly ticked: readonly string[];
  readonly onTicked: (contactIds: readonly string[]) => void;
  readonly onRunAction: () => void;
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

type TickedBarProps = Pick<PeopleListProps, 'ticked' | 'onTicked' | 'onRunAction'>;

function TickedBar({ ticked, onTicked, onRunAction }: TickedBarProps): ReactElement {
  return (
    <div className="people-ticked" role="group" aria-label="Selected people">
      <span>{`${ticked.length} selected`}</span>
      <button
        type="button"
        className="text-button"
        onClick={() => {
          onTicked([]);
        }}
      >
        Clear
      </button>
      <button
        type="button"
        className="ui-button ui-button--secondary ui-button--sm"
        onClick={onRunAction}
      >
        {ACTION_LABEL}
      </button>
    </div>
  );
}

export function PeopleList(props: PeopleListProps): ReactElement {
  const { selected, onSelect, onFirst, ticked, onTicked } = props;
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
      {ticked.length > 0 && <TickedBar {...props} />}
      {error !== null && (
        <p className="people-note" role="alert">
          {error}
        </p>
      )}
      {value?.people.length === 0 && <p className="people-note">Nobody matches “{asked}”.</p>}
      <ul>
        {value?.people.map((person) => (
          <li key={person.contactId} className="person-row">
            <input
              type="checkbox"
              aria-label={`Select ${person.name}`}
              checked={ticked.includes(person.contactId)}
              onChange={(event) => {
                const others = ticked.filter((id) => id !== person.contactId);
                onTicked(event.target.checked ? [...others, person.contactId] : others);
              }}
            />
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
