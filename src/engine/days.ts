// Which day a moment belongs to, and when a day begins, in a time zone. `Intl` knows the zones and their
// changes; Temporal, which does just this, isn't in the Node of HubSpot's functions, and its polyfill would
// be the largest thing there is about time in their bundle.

const formats = new Map<string, Intl.DateTimeFormat>();

function formatIn(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    hourCycle: 'h23',
  });
  formats.set(zone, format);
  return format;
}

/** What clocks in the zone show, as if it were UTC. */
function shownAt(milliseconds: number, zone: string): number {
  const parts = new Map(
    formatIn(zone)
      .formatToParts(milliseconds)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  return Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
}

const dayShown = (milliseconds: number, zone: string): string =>
  new Date(shownAt(milliseconds, zone)).toISOString().slice(0, 10);

/** `2026-11-23` of an ISO instant. */
export const dayOf = (instant: string, zone: string): string =>
  zone === 'UTC' ? instant.slice(0, 10) : dayShown(Date.parse(instant), zone);

const DAY = 86_400_000;

/**
 * ISO instant (whole seconds) at which the day begins: midnight, the first of two, or the end of a gap in which
 * there is no midnight. Null for a day that the zone left out, as Samoa did with 2011-12-30.
 */
export function startOfDay(day: string, zone: string): string | null {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  // A zone's clocks change at most once within these two days, so its offset is one of these.
  const offsets = [midnight - DAY, midnight + DAY].map((near) => shownAt(near, zone) - near);
  const start = offsets
    .map((offset) => midnight - offset)
    .sort((one, other) => one - other)
    .find((candidate) => dayShown(candidate, zone) === day);
  return start === undefined ? null : `${new Date(start).toISOString().slice(0, 19)}Z`;
}
