// The host's pure parts; the rest of it is tested in a browser.
import { describe, expect, it, vi } from 'vitest';
import { destinationOf } from '../../src/preview/host/components/links.tsx';
import { visiblePages } from '../../src/preview/host/components/pagination.tsx';
import { CallLog } from '../../src/preview/host/calls/call-log.ts';
import { PropertyBoard } from '../../src/preview/host/property-board.ts';
import { addressOf, routeFrom } from '../../src/preview/host/route.ts';
import type { Route } from '../../src/preview/host/route.ts';
import { switchesFrom, USUAL_SWITCHES } from '../../src/preview/host/switches.ts';

describe("The page's address", () => {
  it.each<[string, Route]>([
    ['?contact=51&location=tab', { page: 'record', contactId: '51', location: 'tab' }],
    ['?contact=51&location=sidebar', { page: 'record', contactId: '51', location: 'sidebar' }],
    ['?location=sidebar', { page: 'record', contactId: null, location: 'sidebar' }],
    ['?page=settings', { page: 'settings' }],
  ])('%s is read and written alike', (search, route) => {
    expect(routeFrom(search)).toEqual(route);
    expect(addressOf(route)).toBe(`/${search}`);
  });

  it('falls back to the sidebar for a location it does not know', () => {
    expect(routeFrom('?contact=51&location=attic')).toMatchObject({ location: 'sidebar' });
  });
});

describe('The switches', () => {
  const SETTINGS = { page: 'settings' } as const;

  it.each([
    '',
    '&user=61&width=420',
    '&latency=2000&fails=everyCall',
    '&fails=offline',
    '&fails=get-runs&network=shown',
    '&ticked=51,52&action=open',
  ])('are read and written alike (%s)', (search) => {
    const address = `/?page=settings${search}`;
    expect(addressOf(SETTINGS, switchesFrom(address.slice(1)))).toBe(address);
  });

  it.each([
    '?latency=7&fails=<b>&width=wide&user=me&ticked=a,b&action=open',
    '?width=-1&network=yes&action=open',
  ])('are where they usually are for what they do not know (%s)', (search) => {
    expect(switchesFrom(search)).toEqual(USUAL_SWITCHES);
  });
});

describe('The log of calls', () => {
  const CALL = { name: 'get-runs', way: 'function', at: 0, parameters: {} } as const;
  const END = { ms: 5, isOk: true, code: 'ok', bytes: 2, answer: {} } as const;

  it('keeps the latest 200', () => {
    const log = new CallLog();
    for (let call = 0; call < 205; call += 1) log.begin(CALL);
    expect(log.calls()).toHaveLength(200);
    expect(log.calls()[0]?.id).toBe(205);
  });

  it('tells when a call begins, ends, and is cleared away', () => {
    const log = new CallLog();
    const listener = vi.fn();
    const stop = log.subscribe(listener);
    const id = log.begin(CALL);
    log.end(id, END);
    expect(log.calls()).toEqual([{ ...CALL, id, end: END }]);
    log.clear();
    // One that was cleared away while it ran stays away.
    log.end(id, END);
    expect(log.calls()).toEqual([]);
    expect(listener).toHaveBeenCalledTimes(4);
    stop();
    log.begin(CALL);
    expect(listener).toHaveBeenCalledTimes(4);
  });
});

describe('The page buttons of a table', () => {
  it.each([
    [1, 3, 5, [1, 2, 3]],
    [1, 9, 5, [1, 2, 3, 4, 5]],
    [5, 9, 5, [3, 4, 5, 6, 7]],
    [9, 9, 5, [5, 6, 7, 8, 9]],
    [4, 9, 1, [4]],
  ])('on page %i of %i, at most %i', (current, count, atMost, pages) => {
    expect(visiblePages(current, count, atMost)).toEqual(pages);
  });
});

describe('An href', () => {
  it.each([
    ['https://example.com/x', { url: 'https://example.com/x', external: true }],
    [
      'https://app.hubspot.com/contacts/1',
      { url: 'https://app.hubspot.com/contacts/1', external: false },
    ],
    ['https://nothubspot.com/', { url: 'https://nothubspot.com/', external: true }],
    [
      { url: '/contacts/1', external: true },
      { url: '/contacts/1', external: true },
    ],
    ['mailto:a@example.com', { url: 'mailto:a@example.com', external: false }],
    ['javascript:alert(1)', null],
    ['data:text/html,x', null],
    ['//evil.example', null],
    [undefined, null],
  ])('%j leads to %j', (href, destination) => {
    expect(destinationOf(href)).toEqual(destination);
  });
});

describe('onCrmPropertiesUpdate', () => {
  it('tells of changes to the properties asked for, and of no others', () => {
    const board = new PropertyBoard();
    const listener = vi.fn();
    board.subscribe(['city'], listener);
    board.publish({ city: 'Berlin', firstname: 'Maria' });
    board.publish({ city: 'Berlin', firstname: 'Mary' });
    expect(listener).not.toHaveBeenCalled();
    board.publish({ city: 'Oslo', firstname: 'Mary' });
    expect(listener).toHaveBeenCalledExactlyOnceWith({ city: 'Oslo' });
  });

  it("tells of all properties for '*'", () => {
    const board = new PropertyBoard();
    const listener = vi.fn();
    board.publish({ city: 'Berlin' });
    board.subscribe('*', listener);
    board.publish({ city: null });
    expect(listener).toHaveBeenCalledExactlyOnceWith({ city: null });
  });
});
