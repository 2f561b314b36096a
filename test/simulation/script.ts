// What happens in a history: a list of small steps that people and fate take, made from a seed, or written
// down by hand. Steps name people by number, so that a script still makes sense with steps left out.

import { RUN_CONTROLS, type RunControl } from '../../src/sync/runs/control.ts';

export const FIELDS = [
  // HubSpot property, Salesforce field of leads, of contacts.
  ['city', 'City', 'MailingCity'],
  ['jobtitle', 'Title', 'Title'],
  ['phone', 'Phone', 'Phone'],
  ['fax', 'Fax', 'Fax'],
  ['zip', 'PostalCode', 'MailingPostalCode'],
  ['lastname', 'LastName', 'LastName'],
] as const;
export type FieldNumber = 0 | 1 | 2 | 3 | 4 | 5;

export type SideName = 'hubspot' | 'salesforce';

export type Deed =
  | {
      readonly do: 'edit';
      readonly side: SideName;
      readonly who: number;
      readonly field: number;
      readonly value: string;
    }
  | {
      readonly do: 'create';
      readonly side: SideName;
      readonly email: number;
      readonly asContact: boolean;
    }
  | { readonly do: 'email'; readonly side: SideName; readonly who: number; readonly email: number }
  | { readonly do: 'delete' | 'restore'; readonly side: SideName; readonly who: number }
  | { readonly do: 'merge'; readonly side: SideName; readonly who: number; readonly into: number }
  | { readonly do: 'convert'; readonly who: number }
  | { readonly do: 'join' | 'leave'; readonly who: number }
  | { readonly do: 'owner'; readonly side: SideName; readonly who: number; readonly owner: number }
  | { readonly do: 'optOut'; readonly side: SideName; readonly who: number }
  | { readonly do: 'campaign'; readonly who: number; readonly campaign: number }
  | { readonly do: 'configure'; readonly settings: number }
  | { readonly do: 'crash'; readonly process: number }
  /** A rep presses *Sync now*, perhaps twice. */
  | { readonly do: 'syncNow'; readonly who: number; readonly clicks: number }
  /** Salesforce ends all sessions. */
  | { readonly do: 'expire' }
  | { readonly do: 'run'; readonly run: number; readonly dry: boolean }
  /** Whoever next syncs a page of a run dies so long after it began. */
  | { readonly do: 'doom'; readonly afterMs: number }
  /** Somebody pauses, resumes or cancels a run, counted from the newest. */
  | { readonly do: 'control'; readonly run: number; readonly control: RunControl };

export type Step = Deed & { /** Milliseconds after the start. */ readonly at: number };

export interface Script {
  readonly seed: number;
  readonly steps: readonly Step[];
  /** Chance that a call goes wrong while people act. */
  readonly faultRate: number;
  readonly withExternalId: boolean;
  /** Whether the list follows the contacts a while later, as HubSpot's filters do, rather than at once. */
  readonly dynamicList: boolean;
  readonly limit: Limit;
}

/**
 * What keeps Tandem from calling: nothing; a budget that the admin set; the portal's and the org's own limits of a
 * day. So many calls a day, of each CRM.
 */
export type Limit =
  { readonly by: 'nothing' } | { readonly by: 'budget' | 'day'; readonly calls: number };

const STEPS = { least: 6, most: 26 };
/** People act for this long. */
export const ACTING_MS = 6 * 60_000;
export const EMAILS = 5;
/** Kinds of runs somebody may start: `RUN_REQUESTS`. */
export const RUNS = 8;

type Weights = Readonly<Partial<Record<Deed['do'], number>>>;

interface Mood {
  readonly weights: Weights;
  /** One of these settings is chosen first. */
  readonly opening: readonly number[];
  /** What happens, happens to so few people and fields; to anybody and any otherwise. */
  readonly focus?: { readonly people: number; readonly fields: number };
  /** How often whoever works on a run that was started dies at it. */
  readonly fatalRuns?: number;
}

/** Days in the life of a portal: a few kinds of history, so that each kind of mishap comes up often enough. */
const MOODS: readonly Mood[] = [
  // Everything at once.
  {
    opening: [],
    weights: {
      edit: 16,
      create: 5,
      email: 2,
      delete: 2,
      restore: 2,
      merge: 2,
      convert: 2,
      join: 2,
      leave: 1,
      owner: 2,
      optOut: 1,
      campaign: 3,
      configure: 2,
      crash: 3,
      syncNow: 4,
      expire: 2,
      run: 3,
      control: 3,
    },
  },
  // People edit, nobody else does anything: what somebody entered is there, or is cleared again.
  {
    opening: [0, 1, 6, 6],
    focus: { people: 3, fields: 3 },
    weights: { edit: 24, create: 3, owner: 1, campaign: 2, crash: 3, syncNow: 5, expire: 4 },
  },
  // A list that people enter and leave.
  {
    opening: [2],
    weights: { edit: 16, create: 4, join: 5, leave: 4, crash: 1, syncNow: 3, run: 2 },
  },
  // Records that become others.
  {
    opening: [1],
    weights: { edit: 8, create: 6, merge: 5, convert: 3, delete: 2, restore: 2, crash: 1 },
  },
  // Runs, and people who stop and start them.
  {
    opening: [0, 1],
    fatalRuns: 0.8,
    weights: { edit: 8, create: 4, crash: 2, syncNow: 1, expire: 1, run: 8, control: 8 },
  },
];

/** The script of a seed; always the same. */
export function scriptOf(seed: number, random: () => number): Script {
  const below = (limit: number): number => Math.floor(random() * limit);
  const side = (): SideName => (random() < 0.5 ? 'hubspot' : 'salesforce');
  const mood = MOODS[below(MOODS.length)] ?? { weights: {}, opening: [] };
  const { weights, opening, focus, fatalRuns = 0 } = mood;
  const kinds = Object.entries(weights) as [Deed['do'], number][];
  const total = kinds.reduce((sum, [, weight]) => sum + weight, 0);
  const kind = (): Deed['do'] => {
    let left = random() * total;
    return kinds.find(([, weight]) => (left -= weight) < 0)?.[0] ?? 'edit';
  };
  let values = 0;
  const deed = (): Deed => {
    const what = kind();
    const who = below(focus?.people ?? 8);
    switch (what) {
      case 'edit': {
        const field = below(focus?.fields ?? FIELDS.length);
        // Now and then blank, now and then what somebody else enters too.
        const value = random() < 0.25 ? '' : random() < 0.2 ? 'same' : `v${(values += 1)}`;
        return { do: what, side: side(), who, field, value };
      }
      case 'create':
        return { do: what, side: side(), email: below(EMAILS), asContact: random() < 0.3 };
      case 'email':
        return { do: what, side: side(), who, email: below(EMAILS) };
      case 'delete':
      case 'restore':
        return { do: what, side: side(), who };
      case 'merge':
        return { do: what, side: side(), who, into: below(8) };
      case 'convert':
      case 'join':
      case 'leave':
        return { do: what, who };
      case 'owner':
        return { do: what, side: side(), who, owner: below(2) };
      case 'optOut':
        return { do: what, side: side(), who };
      case 'campaign':
        return { do: what, who, campaign: below(2) };
      case 'configure':
        return { do: what, settings: below(7) };
      case 'crash':
        return { do: what, process: below(3) };
      case 'syncNow':
        return { do: what, who, clicks: 1 + below(2) };
      case 'expire':
        return { do: what };
      case 'doom':
        return { do: what, afterMs: below(2_000) };
      case 'run':
        return { do: what, run: below(RUNS), dry: random() < 0.15 };
      case 'control':
        return { do: what, run: below(3), control: RUN_CONTROLS[below(3)] ?? 'resume' };
    }
  };
  const count = STEPS.least + below(STEPS.most - STEPS.least);
  const steps = Array.from({ length: count }, (): Step => ({ at: below(ACTING_MS), ...deed() }));
  for (const { do: what, at } of [...steps])
    if (what === 'run' && random() < fatalRuns)
      steps.push({ at, do: 'doom', afterMs: below(2_000) });
  // Somebody has to be there before anything can happen to them.
  for (let email = 0; email < 3; email += 1)
    steps.push({ at: email, do: 'create', side: side(), email, asContact: random() < 0.3 });
  const [first] = opening.length === 0 ? [] : [opening[below(opening.length)]];
  if (first !== undefined) steps.push({ at: 0, do: 'configure', settings: first });
  steps.sort((one, other) => one.at - other.at);
  const isLimited = random() < 0.2;
  return {
    seed,
    steps,
    faultRate: random() < 0.2 ? 0 : 0.2,
    withExternalId: random() < 0.6,
    dynamicList: random() < 0.5,
    limit: isLimited
      ? { by: random() < 0.7 ? 'budget' : 'day', calls: 30 + below(60) }
      : { by: 'nothing' },
  };
}
