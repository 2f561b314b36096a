// Numbers of runs in words, and how each state looks.
import type { StatusTagProps } from '@hubspot/ui-extensions';
import type { CallAnswer, RunView } from '../../../src/api/contract.ts';
import { durationInWords } from '../../../src/sync/runs/duration.ts';

const number = new Intl.NumberFormat('en');

export const STATES: Readonly<
  Record<
    RunView['state'],
    { readonly label: string; readonly variant: NonNullable<StatusTagProps['variant']> }
  >
> = {
  waiting: { label: 'Waiting for a worker', variant: 'default' },
  running: { label: 'Running', variant: 'info' },
  paused: { label: 'Paused', variant: 'warning' },
  cancelled: { label: 'Cancelled', variant: 'default' },
  finished: { label: 'Finished', variant: 'success' },
  failed: { label: 'Failed', variant: 'danger' },
};

const COUNTS: readonly {
  readonly name: Exclude<keyof RunView['counts'], 'restored' | 'kept'>;
  readonly label: string;
}[] = [
  { name: 'created', label: 'created' },
  { name: 'updated', label: 'updated' },
  { name: 'paired', label: 'paired' },
  { name: 'unchanged', label: 'unchanged' },
  { name: 'skipped', label: 'left out' },
  { name: 'failed', label: 'failed' },
];

const values = (count: number): string =>
  `${number.format(count)} ${count === 1 ? 'value' : 'values'}`;

export function countsInWords({ kind, counts }: RunView): string {
  if (kind === 'undo') {
    const { restored = 0, kept = 0, seen } = counts;
    if (seen === 0) return 'Nothing yet';
    const stay = kept === 0 ? '' : `, ${values(kept)} ${kept === 1 ? 'stays' : 'stay'}`;
    return `${values(restored)} put back${stay}`;
  }
  const told = COUNTS.flatMap(({ name, label }) => {
    return counts[name] > 0 ? [`${number.format(counts[name])} ${label}`] : [];
  });
  return told.length === 0 ? 'Nothing yet' : told.join(', ');
}

export function progressInWords({ counts: { seen }, total, state }: RunView): string {
  // What a run expected at first is of no use once it knows.
  const isKnown = total !== null && state !== 'finished';
  const of = isKnown ? ` of ${number.format(Math.max(seen, total))}` : '';
  return `${number.format(seen)}${of} records`;
}

export function paceInWords({ perMinute, secondsLeft, state }: RunView): string {
  const isAtIt = state === 'running' || state === 'waiting';
  const rate = perMinute === null || !isAtIt ? null : `${number.format(perMinute)} a minute`;
  const left =
    secondsLeft === null || state === 'cancelled'
      ? null
      : `${durationInWords(secondsLeft)} ${isAtIt ? 'left' : 'of work left'}`;
  return [rate, left].filter((part) => part !== null).join(', ');
}

export function undoneInWords({ id, state }: NonNullable<RunView['undoneBy']>): string {
  if (state === 'finished') return `Undone by run ${id}.`;
  return state === 'failed' ? `Run ${id} was to undo it and failed.` : `Being undone by run ${id}.`;
}

type Estimate = CallAnswer<'estimate-run'>;

const range = (of: Estimate['minutes'], inWords: (value: number) => string): string => {
  if (of === null) return '?';
  const [least, most] = [inWords(of.least), inWords(of.most)];
  return least === most ? least : `${least} to ${most}`;
};

export function estimateInWords(estimate: Estimate): string {
  const { records, hubspotCalls, salesforceCalls, minutes } = estimate;
  if (records === null) return 'How many records it will look at can’t be told beforehand.';
  const count = (value: number): string => number.format(value);
  const people = `${count(records)} ${records === 1 ? 'record' : 'records'}`;
  const time = range(minutes, (value) => durationInWords(value * 60));
  return `${people}, ${time}. API calls: ${range(hubspotCalls, count)} to HubSpot, ${range(salesforceCalls, count)} to Salesforce.`;
}
