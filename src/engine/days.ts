// Which day a moment belongs to, and when a day begins, in a time zone. `Intl` knows the zones; a date
// library would be larger than everything else in a function's bundle that deals with time.

const formats = new Map<string, Intl.DateTimeFormat>();

/** `en-CA` writes `2026-11-23, 14:05:00`. */
function formatIn(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
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

/** `2026-11-23` of an ISO instant. */
export function dayOf(instant: string, zone: string): string {
  return zone === 'UTC'
    ? new Date(instant).toISOString().slice(0, 10)
    : new Date(shownAt(Date.parse(instant), zone)).toISOString().slice(0, 10);
}

const HOUR = 3_600_000;

/** ISO instant (whole seconds) at which the day begins: midnight, or the end of a gap in which midnight doesn't exist. */
export function startOfDay(day: string, zone: string): string {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const seconds = (milliseconds: number): string =>
    `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
  if (zone === 'UTC') return seconds(midnight);
  // The zone's offset is asked for near the moment itself: it may change on that very day.
  let start = midnight - (shownAt(midnight, zone) - midnight);
  start = midnight - (shownAt(start, zone) - start);
  return seconds(dayOf(seconds(start), zone) < day ? start + HOUR : start);
}
