// The commands about runs, as they are typed.
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/cli/arguments.ts';
import { runCommandIn } from '../../src/cli/run-arguments.ts';

const NOWHERE = { object: null, condition: null, campaignId: null };
const typed = (text: string) => runCommandIn(text === '' ? [] : text.split(' '));

describe('A command about runs', () => {
  it.each(['', '--once', '--worker', '--json'])('is not “%s”', (text) => {
    expect(typed(text)).toBeNull();
  });

  it.each([
    ['run import', { kind: 'import', scope: NOWHERE }],
    ['run import --object Lead', { kind: 'import', scope: { ...NOWHERE, object: 'Lead' } }],
    [
      'run import --campaign 701000000000001AAA',
      { kind: 'import', scope: { ...NOWHERE, campaignId: '701000000000001AAA' } },
    ],
    ['run push', { kind: 'push', scope: {} }],
    ['run list --list 7', { kind: 'list', scope: { listId: '7' } }],
    ['run everything', { kind: 'everything', scope: {} }],
    ['run backfill --mapping city', { kind: 'backfill', scope: { hubspotProperty: 'city' } }],
    ['run reconcile', { kind: 'reconcile', scope: {} }],
    ['run retry', { kind: 'retry', scope: { categories: null } }],
    [
      'run retry --category limits --category permissions,waiting',
      { kind: 'retry', scope: { categories: ['limits', 'permissions', 'waiting'] } },
    ],
    ['run undo --of 12', { kind: 'undo', scope: { runId: '12' } }],
    ['run records --contacts 1,2', { kind: 'records', scope: { hubspotIds: ['1', '2'] } }],
  ])('%s', (text, request) => {
    expect(typed(text)).toEqual({
      command: 'run',
      request,
      dry: false,
      follow: false,
      json: false,
      folder: '.tandem',
      help: false,
    });
  });

  it('takes a condition as it stands after WHERE', () => {
    const where = "City = 'Bonn' AND Rating = 'Hot'";
    expect(runCommandIn(['run', 'import', '--object', 'Contact', '--where', where])).toMatchObject({
      request: { scope: { object: 'Contact', condition: where } },
    });
  });

  it('syncs contacts and follows to the end', () => {
    expect(typed('sync 1 2 --json')).toMatchObject({
      command: 'sync',
      request: { kind: 'records', scope: { hubspotIds: ['1', '2'] } },
      follow: true,
      json: true,
    });
  });

  it('looks, pauses, resumes and cancels', () => {
    expect(typed('runs')).toMatchObject({ command: 'runs', id: null });
    expect(typed('runs 4 --after 12')).toMatchObject({ command: 'runs', id: '4', after: '12' });
    expect(typed('pause 4')).toMatchObject({ command: 'control', id: '4', control: 'pause' });
    expect(typed('run --help')).toMatchObject({ command: 'help' });
  });

  it.each([
    ['run', 'say one kind: import'],
    ['run nonsense', 'say one kind'],
    ['run list', '--list'],
    ['run list --list 7 --object Lead', '--object is not for “run list”'],
    ['run everything --contacts 1', '--contacts is not for'],
    ['run import --object Account', '--object'],
    ['run import --campaign 00Q1', 'A campaign id starts with 701.'],
    ['run import --where City', 'leads or contacts'],
    ['run retry --category nonsense', '--category'],
    ['sync', '--contacts'],
    ['sync ada@example.com', '--contacts'],
    ['pause', 'say the number'],
    ['pause 1 --dry', '--dry is not for'],
    ['runs --nonsense', 'nonsense'],
  ])('“%s” is refused with what is wrong', (text, message) => {
    expect(() => typed(text)).toThrow(UsageError);
    expect(() => typed(text)).toThrow(message);
  });
});
