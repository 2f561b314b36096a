// A contact's record page: its name, the card where HubSpot would put it (sidebar or tab), its properties, and
// beside them the panel to edit both sides.
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { CSSProperties, ReactElement } from 'react';
import type { PreviewContact } from '../../contract.ts';
import { previewApi } from '../api.ts';
import { LoadingSpinner } from '../components/feedback.tsx';
import { ExtensionFrame } from '../extension-frame.tsx';
import { PropertyBoard } from '../property-board.ts';
import type { CardLocation } from '../route.ts';
import { usePolled } from '../use-polled.ts';
import { AboutContact } from './about-contact.tsx';
import { ActivityList } from './activity-list.tsx';
import { EditPanel } from './edit-panel.tsx';
import { cardContext } from './extension-context.ts';
import type { SeenConfig } from './extension-context.ts';

const POLL_MS = 1_500;
const CARD_BUNDLE = 'SyncCard.js';

export interface RecordPageProps {
  readonly config: SeenConfig;
  readonly contactId: string;
  readonly location: CardLocation;
  /** Of the card; null: as HubSpot has it there. */
  readonly width: number | null;
  readonly onLocation: (location: CardLocation) => void;
}

function fullName({ hubspot: { properties }, contactId }: PreviewContact): string {
  const name = [properties['firstname'], properties['lastname']].filter(Boolean).join(' ');
  return name === '' ? (properties['email'] ?? `Contact ${contactId}`) : name;
}

function initials(name: string): string {
  const letters = name.split(/\s+/).map((word) => word.charAt(0).toUpperCase());
  return letters.slice(0, 2).join('');
}

const LOCATION_NAMES = { sidebar: 'Sidebar', tab: 'Tab' } as const;
const LOCATIONS: readonly CardLocation[] = ['sidebar', 'tab'];

function LocationSwitch({
  location,
  onLocation,
}: Pick<RecordPageProps, 'location' | 'onLocation'>): ReactElement {
  return (
    <div className="location-switch" role="group" aria-label="Where the card is">
      <span>Card in</span>
      {LOCATIONS.map((each) => (
        <button
          key={each}
          type="button"
          aria-pressed={each === location}
          onClick={() => {
            onLocation(each);
          }}
        >
          {LOCATION_NAMES[each]}
        </button>
      ))}
    </div>
  );
}

interface CardProps extends Pick<RecordPageProps, 'config' | 'location'> {
  readonly contact: PreviewContact;
  readonly onRefreshRecord: () => void;
}

/** The running card of one contact at one place; keyed by both, since its worker and listeners go with them. */
function Card({ config, contact, location, onRefreshRecord }: CardProps): ReactElement {
  const { contactId, hubspot } = contact;
  const [board] = useState(() => new PropertyBoard());
  const context = useMemo(
    () => cardContext(config, contactId, location),
    [config, contactId, location],
  );
  useEffect(() => {
    board.publish(hubspot.properties);
  }, [board, hubspot.properties]);
  return (
    <ExtensionFrame
      bundle={CARD_BUNDLE}
      context={context}
      properties={board}
      onRefreshRecord={onRefreshRecord}
    />
  );
}

export function RecordPage(props: RecordPageProps): ReactElement {
  const { config, contactId, location, width } = props;
  const load = useCallback(() => previewApi.contact(contactId), [contactId]);
  const { value: contact, error, refresh } = usePolled(load, POLL_MS);
  if (contact === null) {
    return (
      <main className="record-page">
        {error === null ? (
          <LoadingSpinner label="Loading the contact" layout="centered" />
        ) : (
          <p className="page-failure" role="alert">
            {error}
          </p>
        )}
      </main>
    );
  }
  const name = fullName(contact);
  return (
    <>
      <main className="record-page">
        <header className="record-header">
          <span className="avatar" aria-hidden="true">
            {initials(name)}
          </span>
          <div className="record-names">
            <h1>{name}</h1>
            <p>{contact.hubspot.properties['email'] ?? 'no email'}</p>
          </div>
          <LocationSwitch location={location} onLocation={props.onLocation} />
        </header>
        {error !== null && (
          <p className="page-failure" role="alert">
            {error} What you see is the last answer.
          </p>
        )}
        <div
          className={`record-body record-body--${location}`}
          style={width === null ? undefined : ({ '--card-width': `${width}px` } as CSSProperties)}
        >
          {location === 'sidebar' && <AboutContact contact={contact} />}
          <section className={`record-box card-${location}`} aria-label={config.app.cardTitle}>
            <h2 className="record-box-title">{config.app.cardTitle}</h2>
            <div className="record-box-content">
              <Card
                key={`${contactId}-${location}-${config.user.id}`}
                config={config}
                contact={contact}
                location={location}
                onRefreshRecord={refresh}
              />
            </div>
          </section>
        </div>
      </main>
      <aside className="preview-side" aria-label="Preview tools">
        {config.mode === 'sandbox' && (
          <EditPanel key={contactId} contact={contact} onEdited={refresh} />
        )}
        <ActivityList />
      </aside>
    </>
  );
}
