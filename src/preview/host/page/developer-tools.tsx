// The bar under the page's head for whoever designs the extensions: how wide the extension is, how slow its calls are,
// and which of them fail. All of it is in the page's address.
import { useContext, useSyncExternalStore } from 'react';
import type { ReactElement, ReactNode } from 'react';
import { CallsContext } from '../calls/calls-context.ts';
import { failingCall, LATENCIES } from '../calls/disturbance.ts';
import type { Failure, Latency } from '../calls/disturbance.ts';
import { Dropdown, DropdownButtonItem } from '../components/dropdown.tsx';
import type { CardLocation } from '../route.ts';
import type { Switches } from '../switches.ts';

export type Frame = CardLocation | 'settings';

export interface DeveloperToolsProps {
  readonly frame: Frame;
  readonly switches: Switches;
  /** Names of the contract, for the one that fails. */
  readonly calls: readonly string[];
  readonly turn: (changes: Partial<Switches>) => void;
}

interface Position<Value> {
  readonly value: Value;
  readonly label: string;
}

/** Null is the width that HubSpot gives. */
const WIDE: readonly Position<number | null>[] = [
  { value: null, label: 'Full' },
  { value: 800, label: '800' },
  { value: 420, label: '420' },
];
const WIDTHS: Readonly<Record<Frame, readonly Position<number | null>[]>> = {
  sidebar: [
    { value: 300, label: '300' },
    { value: null, label: '350' },
    { value: 400, label: '400' },
  ],
  tab: WIDE,
  settings: WIDE,
};

const LATENCY_NAMES: Readonly<Record<Latency, string>> = { 0: 'Off', 300: '300 ms', 2_000: '2 s' };
const LATENCY_POSITIONS = LATENCIES.map((value) => ({ value, label: LATENCY_NAMES[value] }));

const FAILURES: readonly Position<Failure>[] = [
  { value: 'none', label: 'Off' },
  { value: 'everyCall', label: 'Every call' },
  { value: 'offline', label: 'Offline' },
];

interface SwitchProps<Value> {
  readonly label: string;
  readonly positions: readonly Position<Value>[];
  readonly value: Value;
  readonly onTurn: (value: Value) => void;
  readonly children?: ReactNode;
}

function Switch<Value>(props: SwitchProps<Value>): ReactElement {
  return (
    <div className="tool" role="group" aria-label={props.label}>
      <span>{props.label}</span>
      <span className="tool-positions">
        {props.positions.map(({ value, label }) => (
          <button
            key={label}
            type="button"
            aria-label={`${props.label}: ${label}`}
            aria-pressed={props.value === value}
            onClick={() => {
              props.onTurn(value);
            }}
          >
            {label}
          </button>
        ))}
      </span>
      {props.children}
    </div>
  );
}

export function DeveloperTools(props: DeveloperToolsProps): ReactElement {
  const { frame, switches, calls, turn } = props;
  const failing = failingCall(switches.failure);
  const { log } = useContext(CallsContext);
  const running = useSyncExternalStore(log.subscribe, log.calls).filter(({ end }) => end === null);
  return (
    <section
      className="tools"
      aria-label="Developer tools"
      // For tests that wait until everything is there.
      data-running-calls={running.length}
    >
      <strong className="tools-name">Developer tools</strong>
      <Switch
        label="Width"
        positions={WIDTHS[frame]}
        value={switches.width}
        onTurn={(width) => {
          turn({ width });
        }}
      />
      <Switch
        label="Latency"
        positions={LATENCY_POSITIONS}
        value={switches.latencyMs}
        onTurn={(latencyMs) => {
          turn({ latencyMs });
        }}
      />
      <Switch
        label="Failure"
        positions={FAILURES}
        value={switches.failure}
        onTurn={(failure) => {
          turn({ failure });
        }}
      >
        <span className={failing === null ? undefined : 'tool--failing'}>
          <Dropdown
            buttonText={failing === null ? 'CRM down in…' : `CRM down in ${failing}`}
            buttonSize="xs"
          >
            {calls.map((name) => (
              <DropdownButtonItem
                key={name}
                onClick={() => {
                  turn({ failure: `call:${name}` });
                }}
              >
                {name}
              </DropdownButtonItem>
            ))}
          </Dropdown>
        </span>
      </Switch>
      <button
        type="button"
        aria-pressed={switches.showsNetwork}
        onClick={() => {
          turn({ showsNetwork: !switches.showsNetwork });
        }}
      >
        Network
      </button>
    </section>
  );
}
