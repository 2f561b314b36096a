// The extensions' calls at the foot of the page, newest first: what was called, which way, how long it took and what
// came back; each unfolds to its parameters and its answer.
import { useContext, useState, useSyncExternalStore } from 'react';
import type { ReactElement } from 'react';
import { CallsContext } from '../calls/calls-context.ts';
import type { LoggedCall } from '../calls/call-log.ts';
import { Glyph } from '../components/icons.tsx';

const WAYS = { function: 'function', service: 'service' } as const;

const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });

function sizeInWords(bytes: number): string {
  return bytes < 1_024 ? `${bytes} B` : `${(bytes / 1_024).toFixed(1)} KB`;
}

function CallEntry({ call }: { readonly call: LoggedCall }): ReactElement {
  const [isOpen, setOpen] = useState(false);
  const { name, way, at, parameters, end } = call;
  const verdict = end === null ? 'running' : end.isOk ? 'ok' : 'failed';
  return (
    <li className="call">
      <button
        type="button"
        className="call-line"
        aria-expanded={isOpen}
        onClick={() => {
          setOpen(!isOpen);
        }}
      >
        <Glyph name={isOpen ? 'downCarat' : 'right'} />
        <span className="call-name">{name}</span>
        <span className="call-way">{WAYS[way]}</span>
        <span className={`call-code call-code--${verdict}`}>{end?.code ?? 'running'}</span>
        <span className="call-number">{end === null ? '' : `${Math.round(end.ms)} ms`}</span>
        <span className="call-number">{end === null ? '' : sizeInWords(end.bytes)}</span>
        <time className="call-number" dateTime={new Date(at).toISOString()}>
          {clock.format(at)}
        </time>
      </button>
      {isOpen && (
        <div className="call-details">
          <h4>Parameters</h4>
          <pre tabIndex={0} aria-label={`Parameters of ${name}`}>
            {JSON.stringify(parameters, null, 2)}
          </pre>
          <h4>Answer</h4>
          <pre tabIndex={0} aria-label={`Answer of ${name}`}>
            {end === null ? 'Not there yet.' : JSON.stringify(end.answer, null, 2)}
          </pre>
        </div>
      )}
    </li>
  );
}

export function NetworkPanel({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { log } = useContext(CallsContext);
  const calls = useSyncExternalStore(log.subscribe, log.calls);
  return (
    <section className="network" aria-label="Network">
      <header className="network-head">
        <h2>Calls of the extensions</h2>
        <span>{calls.length === 1 ? '1 call' : `${calls.length} calls`}</span>
        <button
          type="button"
          className="text-button"
          onClick={() => {
            log.clear();
          }}
        >
          Clear
        </button>
        <button type="button" className="text-button" onClick={onClose}>
          Hide
        </button>
      </header>
      {calls.length === 0 ? (
        <p className="network-note">Nothing has been called since the page was opened.</p>
      ) : (
        <ol tabIndex={0} aria-label="Calls">
          {calls.map((call) => (
            <CallEntry key={call.id} call={call} />
          ))}
        </ol>
      )}
    </section>
  );
}
