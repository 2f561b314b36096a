// The switches of the preview, as its address keeps them, so that a test or a designer can link to a state: who is
// signed in, how wide the extension is, what is done to its calls, and which people a bulk action is about.
import { failureFrom, failureInAddress, latencyFrom, UNDISTURBED } from './calls/disturbance.ts';
import type { Disturbance } from './calls/disturbance.ts';

export interface Switches extends Disturbance {
  /** HubSpot's id; null: the first one there is. */
  readonly userId: number | null;
  /** Of the extension in CSS pixels; null: as wide as HubSpot makes it there. */
  readonly width: number | null;
  readonly showsNetwork: boolean;
  /** The contacts ticked in the list. */
  readonly ticked: readonly string[];
  /** The bulk action is open on them. */
  readonly runsAction: boolean;
}

export const USUAL_SWITCHES: Switches = {
  ...UNDISTURBED,
  userId: null,
  width: null,
  showsNetwork: false,
  ticked: [],
  runsAction: false,
};

const NARROWEST = 240;
const WIDEST = 2_400;

function numberFrom(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

export function switchesFrom(search: string): Switches {
  const parameters = new URLSearchParams(search);
  const width = numberFrom(parameters.get('width'));
  const ticked = (parameters.get('ticked') ?? '').split(',').filter((id) => /^\d{1,20}$/.test(id));
  return {
    latencyMs: latencyFrom(parameters.get('latency')),
    failure: failureFrom(parameters.get('fails')),
    userId: numberFrom(parameters.get('user')),
    width: width === null ? null : Math.min(WIDEST, Math.max(NARROWEST, width)),
    showsNetwork: parameters.get('network') === 'shown',
    ticked,
    runsAction: parameters.get('action') === 'open' && ticked.length > 0,
  };
}

/** Names and values of the switches that are not where they usually are. */
export function switchesInAddress(switches: Switches): readonly (readonly [string, string])[] {
  const { userId, width, latencyMs, failure, showsNetwork, ticked, runsAction } = switches;
  const all: readonly (readonly [string, string] | false)[] = [
    userId !== null && ['user', String(userId)],
    width !== null && ['width', String(width)],
    latencyMs !== 0 && ['latency', String(latencyMs)],
    failure !== 'none' && ['fails', failureInAddress(failure)],
    showsNetwork && ['network', 'shown'],
    ticked.length > 0 && ['ticked', ticked.join(',')],
    runsAction && ['action', 'open'],
  ];
  return all.filter((one) => one !== false);
}
