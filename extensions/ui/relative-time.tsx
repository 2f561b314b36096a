// A moment in words ("3 minutes ago") with the exact date and time behind it.
import { Text } from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';

const STEPS: readonly { readonly unit: Intl.RelativeTimeFormatUnit; readonly seconds: number }[] = [
  { unit: 'year', seconds: 365 * 86_400 },
  { unit: 'month', seconds: 30 * 86_400 },
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3_600 },
  { unit: 'minute', seconds: 60 },
];

/** Clocks differ: a moment just ahead of ours is now, not in the future. */
export function timeInWords(iso: string, now: number): string {
  const seconds = Math.max(0, (now - Date.parse(iso)) / 1000);
  const step = STEPS.find((each) => seconds >= each.seconds);
  if (step === undefined) return 'just now';
  const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
  return words.format(-Math.floor(seconds / step.seconds), step.unit);
}

function formatted(iso: string, timezone: string, options: Intl.DateTimeFormatOptions): string {
  try {
    return new Intl.DateTimeFormat('en', { ...options, timeZone: timezone }).format(new Date(iso));
  } catch {
    // A zone that this browser doesn't know.
    return new Intl.DateTimeFormat('en', { ...options, timeZone: 'UTC' }).format(new Date(iso));
  }
}

/** Date and time as the portal's people know them. */
export const exactTime = (iso: string, timezone: string): string =>
  formatted(iso, timezone, { dateStyle: 'medium', timeStyle: 'short' });

/** A time to come: “14:20” of today, with its date of another day. */
export function timeToCome(iso: string, timezone: string, now: number): string {
  const day = (of: string): string => formatted(of, timezone, { dateStyle: 'short' });
  const time = formatted(iso, timezone, { timeStyle: 'short', hourCycle: 'h23' });
  return day(iso) === day(new Date(now).toISOString())
    ? time
    : `${time} on ${formatted(iso, timezone, { dateStyle: 'medium' })}`;
}

export interface RelativeTimeProps {
  /** ISO. */
  readonly iso: string;
  /** The portal's. */
  readonly timezone: string;
  readonly now?: number;
}

export function RelativeTime({ iso, timezone, now = Date.now() }: RelativeTimeProps): ReactElement {
  return <Text>{`${timeInWords(iso, now)} (${exactTime(iso, timezone)})`}</Text>;
}
