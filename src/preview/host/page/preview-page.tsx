// The whole page: a bar that says what this is, the people, and the record or the settings page.
import { useCallback, useMemo, useState } from 'react';
import type { ReactElement, ReactNode } from 'react';
import type { PreviewConfig } from '../../contract.ts';
import { addressOf, useRoute } from '../route.ts';
import type { CardLocation, Route } from '../route.ts';
import { PeopleList } from './people-list.tsx';
import { RecordPage } from './record-page.tsx';
import { SettingsPage } from './settings-page.tsx';

const NOTES = {
  sandbox: "Sandbox: both CRMs are stand-ins on this machine, and the people in them aren't real.",
  real: 'Connected to real CRMs: what you do here changes them.',
} as const;

interface NavigationLinkProps {
  readonly to: Route;
  readonly current: boolean;
  readonly go: (route: Route) => void;
  readonly children: ReactNode;
}

function NavigationLink({ to, current, go, children }: NavigationLinkProps): ReactElement {
  return (
    <a
      href={addressOf(to)}
      aria-current={current ? 'page' : undefined}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        go(to);
      }}
    >
      {children}
    </a>
  );
}

interface SignedInProps {
  readonly users: PreviewConfig['users'];
  readonly selected: number;
  readonly onSelect: (index: number) => void;
}

function SignedIn({ users, selected, onSelect }: SignedInProps): ReactElement {
  return (
    <div className="signed-in" role="group" aria-label="Signed in as">
      <span>Signed in as</span>
      {users.map(({ id, firstName, lastName, permissions }, index) => (
        <button
          key={id}
          type="button"
          aria-pressed={index === selected}
          onClick={() => {
            onSelect(index);
          }}
        >
          {`${firstName} ${lastName} (${permissions.length > 0 ? 'admin' : 'not an admin'})`}
        </button>
      ))}
    </div>
  );
}

export function PreviewPage({ config }: { readonly config: PreviewConfig }): ReactElement {
  const { route, go } = useRoute();
  const [signedIn, setSignedIn] = useState(0);
  const seen = useMemo(
    () => ({ ...config, user: config.users[signedIn] ?? config.users[0] }),
    [config, signedIn],
  );
  const location: CardLocation = route.page === 'record' ? route.location : 'sidebar';
  const contactId = route.page === 'record' ? route.contactId : null;
  const selectFirst = useCallback(
    (first: string) => {
      go({ page: 'record', contactId: first, location }, 'replace');
    },
    [go, location],
  );
  return (
    <>
      <header className="top-bar">
        <strong className="top-name">{config.app.appName} preview</strong>
        <nav aria-label="Pages">
          <NavigationLink
            to={{ page: 'record', contactId, location }}
            current={route.page === 'record'}
            go={go}
          >
            Contact record
          </NavigationLink>
          <NavigationLink to={{ page: 'settings' }} current={route.page === 'settings'} go={go}>
            Settings page
          </NavigationLink>
        </nav>
        <SignedIn users={config.users} selected={signedIn} onSelect={setSignedIn} />
        <p className="top-note">
          The real extensions, drawn by our own likeness of HubSpot's components. Not HubSpot's own
          page. {NOTES[config.mode]}
        </p>
      </header>
      {route.page === 'settings' ? (
        <SettingsPage config={seen} />
      ) : (
        <div className="record-layout">
          <PeopleList
            selected={contactId}
            onFirst={selectFirst}
            onSelect={(selected) => {
              go({ page: 'record', contactId: selected, location });
            }}
          />
          {contactId === null ? (
            <main className="record-page" />
          ) : (
            <RecordPage
              config={seen}
              contactId={contactId}
              location={location}
              onLocation={(next) => {
                go({ page: 'record', contactId, location: next });
              }}
            />
          )}
        </div>
      )}
    </>
  );
}
