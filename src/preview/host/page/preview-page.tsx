// The whole page: a bar that says what this is, the developer tools, the people, and the record or the settings page;
// at its foot the calls that the extensions made, when asked for.
import { useCallback, useContext, useLayoutEffect, useMemo } from 'react';
import type { ReactElement, ReactNode } from 'react';
import type { PreviewConfig } from '../../contract.ts';
import { CallsContext } from '../calls/calls-context.ts';
import { addressOf, useRoute } from '../route.ts';
import type { CardLocation, Route } from '../route.ts';
import type { Switches } from '../switches.ts';
import { BulkAction } from './bulk-action.tsx';
import { DeveloperTools } from './developer-tools.tsx';
import { NetworkPanel } from './network-panel.tsx';
import { PeopleList } from './people-list.tsx';
import { RecordPage } from './record-page.tsx';
import { SettingsPage } from './settings-page.tsx';

const NOTES = {
  sandbox: "Sandbox: both CRMs are stand-ins on this machine, and the people in them aren't real.",
  real: 'Connected to real CRMs: what you do here changes them.',
} as const;

interface NavigationLinkProps {
  readonly to: Route;
  readonly switches: Switches;
  readonly current: boolean;
  readonly go: (route: Route) => void;
  readonly children: ReactNode;
}

function NavigationLink(props: NavigationLinkProps): ReactElement {
  const { to, switches, current, go, children } = props;
  return (
    <a
      href={addressOf(to, { ...switches, width: null })}
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
  readonly onSelect: (userId: number) => void;
}

function SignedIn({ users, selected, onSelect }: SignedInProps): ReactElement {
  return (
    <div className="signed-in" role="group" aria-label="Signed in as">
      <span>Signed in as</span>
      {users.map(({ id, firstName, lastName, permissions }) => (
        <button
          key={id}
          type="button"
          aria-pressed={id === selected}
          onClick={() => {
            onSelect(id);
          }}
        >
          {`${firstName} ${lastName} (${permissions.length > 0 ? 'admin' : 'not an admin'})`}
        </button>
      ))}
    </div>
  );
}

export function PreviewPage({ config }: { readonly config: PreviewConfig }): ReactElement {
  const { route, switches, go, turn } = useRoute();
  const { userId, width, latencyMs, failure } = switches;
  const calls = useContext(CallsContext);
  // Before any extension starts: they do in an effect.
  useLayoutEffect(() => {
    calls.disturb({ latencyMs, failure });
  }, [calls, latencyMs, failure]);
  const seen = useMemo(
    () => ({ ...config, user: config.users.find(({ id }) => id === userId) ?? config.users[0] }),
    [config, userId],
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
            switches={switches}
            current={route.page === 'record'}
            go={go}
          >
            Contact record
          </NavigationLink>
          <NavigationLink
            to={{ page: 'settings' }}
            switches={switches}
            current={route.page === 'settings'}
            go={go}
          >
            Settings page
          </NavigationLink>
        </nav>
        <SignedIn
          users={config.users}
          selected={seen.user.id}
          onSelect={(id) => {
            turn({ userId: id === config.users[0].id ? null : id });
          }}
        />
        <p className="top-note">
          The real extensions, drawn by our own likeness of HubSpot's components. Not HubSpot's own
          page. {NOTES[config.mode]}
        </p>
      </header>
      <DeveloperTools
        frame={route.page === 'settings' ? 'settings' : location}
        switches={switches}
        calls={config.calls}
        turn={turn}
      />
      {route.page === 'settings' ? (
        <SettingsPage config={seen} width={width} />
      ) : (
        <div className="record-layout">
          <PeopleList
            selected={contactId}
            ticked={switches.ticked}
            onTicked={(ticked) => {
              turn({ ticked });
            }}
            onRunAction={() => {
              turn({ runsAction: true });
            }}
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
              width={width}
              onLocation={(next) => {
                go({ page: 'record', contactId, location: next });
              }}
            />
          )}
        </div>
      )}
      {switches.runsAction && (
        <BulkAction
          config={seen}
          ticked={switches.ticked}
          onClose={() => {
            turn({ runsAction: false });
          }}
        />
      )}
      {switches.showsNetwork && (
        <NetworkPanel
          onClose={() => {
            turn({ showsNetwork: false });
          }}
        />
      )}
    </>
  );
}
