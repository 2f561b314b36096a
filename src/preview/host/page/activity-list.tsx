// The latest values that the sync wrote, on any record, newest first.
import { useCallback } from 'react';
import type { ReactElement } from 'react';
import type { ActivityRow } from '../../contract.ts';
import { previewApi } from '../api.ts';
import { Glyph } from '../components/icons.tsx';
import { usePolled } from '../use-polled.ts';

const POLL_MS = 1_500;
const SHOWN = 30;

const SIDE_NAMES = { hubspot: 'HubSpot', salesforce: 'Salesforce' } as const;

function clock(at: string): string {
  return new Date(at).toLocaleTimeString([], {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
}

function ActivityEntry({ change }: { readonly change: ActivityRow }): ReactElement {
  return (
    <li className="activity-entry">
      <div className="activity-head">
        <span className={`activity-side activity-side--${change.side}`}>
          <Glyph name="right" /> {SIDE_NAMES[change.side]}
        </span>
        <strong>{change.name}</strong>
        <time dateTime={change.at}>{clock(change.at)}</time>
      </div>
      <div>
        {change.field}: <del>{change.before ?? 'blank'}</del>{' '}
        <span className="ui-spoken">became</span> <ins>{change.after ?? 'blank'}</ins>
      </div>
      <div className="activity-why">{change.why}</div>
    </li>
  );
}

export function ActivityList(): ReactElement {
  const load = useCallback(() => previewApi.activity(), []);
  const { value } = usePolled(load, POLL_MS);
  const changes = value?.changes ?? [];
  return (
    <section className="activity" aria-label="Latest changes">
      <h3>Latest changes by the sync</h3>
      {changes.length === 0 ? (
        <p className="edit-subject">
          {value === null ? 'Loading…' : 'Nothing has been synced yet.'}
        </p>
      ) : (
        <ol tabIndex={0} aria-label="Changes">
          {changes.slice(0, SHOWN).map((change) => (
            <ActivityEntry
              key={`${change.at}-${change.side}-${change.name}-${change.field}`}
              change={change}
            />
          ))}
        </ol>
      )}
    </section>
  );
}
