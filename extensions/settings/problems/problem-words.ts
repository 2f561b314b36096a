// Numbers and states of problems in words, and how each state looks.
import type { StatusTagProps } from '@hubspot/ui-extensions';
import type { CountedReason, ProblemRecord } from '../../../src/api/contract.ts';
import { exactTime, timeInWords } from '../../ui/relative-time.tsx';

const number = new Intl.NumberFormat('en');

export const recordsInWords = (count: number): string =>
  `${number.format(count)} ${count === 1 ? 'record' : 'records'}`;

export const PROBLEM_STATES: Readonly<
  Record<
    CountedReason['state'],
    { readonly label: string; readonly variant: NonNullable<StatusTagProps['variant']> }
  >
> = {
  problem: { label: 'Needs attention', variant: 'danger' },
  waiting: { label: 'Tried again by itself', variant: 'warning' },
  skipped: { label: 'Left out', variant: 'default' },
};

/** Since when, how often it was tried, and when it is tried next. */
export function standingInWords(
  { since, attempts, retryAt }: Pick<ProblemRecord, 'since' | 'attempts' | 'retryAt'>,
  timezone: string,
  now: number,
): string {
  const parts = [
    since === null ? null : `Since ${timeInWords(since, now)} (${exactTime(since, timezone)})`,
    attempts === 0 ? null : `tried ${number.format(attempts)} ${attempts === 1 ? 'time' : 'times'}`,
    retryAt === null ? null : `next try ${exactTime(retryAt, timezone)}`,
  ].filter((part) => part !== null);
  const [first = '', ...rest] = parts;
  return [first.charAt(0).toUpperCase() + first.slice(1), ...rest].join(' · ');
}
