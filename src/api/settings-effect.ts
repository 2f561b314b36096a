// What settings would do before they are saved. A sample of pairs goes through the pipeline up to the plan twice: by the
// settings in force, and by those that somebody is editing. What only the second would write is their effect; nothing
// is written.
import { everythingTaken, type FieldWrite } from '../engine/outcome.ts';
import { REASONS, explain, type Reason } from '../engine/reasons.ts';
import type { Side } from '../engine/records.ts';
import { settle } from '../engine/settle.ts';
import type { PlannedPair } from '../sync/apply.ts';
import type { Pipeline } from '../sync/pipeline.ts';
import { sightingOf } from '../sync/sighting.ts';
import type { Workspace } from '../sync/workspace.ts';
import type { CONTRACT, SettingsEffect } from './contract.ts';
import { ApiFailure } from './failure.ts';
import { fieldChange, fieldWritesIn } from './field-changes.ts';
import { whoIs } from './person.ts';
import { obstaclesTo } from './settings-checks.ts';
import { documentWith } from './settings-calls.ts';
import type { z } from 'zod';

const EXAMPLES = 8;

type Asked = z.output<(typeof CONTRACT)['preview-settings']['parameters']>;
type Write = FieldWrite & { readonly side: Side };

interface Planned {
  readonly one: PlannedPair;
  readonly writes: readonly Write[];
  readonly stops: Reason | null;
  /** Fields whose value the other side can't take, by key of the mapping. */
  readonly leftOut: ReadonlyMap<string, { readonly label: string; readonly reason: Reason }>;
}

export async function settingsEffect(
  pipeline: Pipeline,
  { parts, sample, after }: Asked,
): Promise<SettingsEffect> {
  const { ports, workspaces } = pipeline;
  const inForce = await workspaces.current();
  const before = inForce.settings.settings;
  const settings = documentWith(before, parts);
  const [obstacle] = await obstaclesTo(settings, before, inForce, pipeline);
  if (obstacle) throw new ApiFailure(obstacle);
  const more = await ports.store.links.page({ which: 'paired' }, after, sample + 1);
  const links = more.slice(0, sample);
  const sightings = links.flatMap(sightingOf);
  const drafted = await workspaces.under(settings);
  const now = new Date(ports.now()).toISOString();
  const [asIs, asDrafted] = await Promise.all([
    pipeline.dryRun(sightings, undefined, inForce),
    pipeline.dryRun(sightings, undefined, drafted),
  ]);
  const known = new Map(asIs.map((one) => [nameOf(one), plannedOf(one, now)]));
  const effects = asDrafted.map((one) => effectOf(plannedOf(one, now), known.get(nameOf(one))));
  return {
    looked: asDrafted.length,
    changed: effects.filter(({ writes }) => writes.length > 0).length,
    stopped: effects.filter(({ stops }) => stops !== null).length,
    resumed: effects.filter(({ resumes }) => resumes).length,
    fields: byField(effects, drafted),
    leftOut: leftOutByField(effects),
    examples: examplesOf(effects, drafted),
    after: more.length > sample ? (links.at(-1)?.id ?? null) : null,
  };
}

const nameOf = ({ pair }: PlannedPair): string =>
  pair.hubspot === null ? `salesforce ${pair.salesforce?.id ?? ''}` : `hubspot ${pair.hubspot.id}`;

function plannedOf(one: PlannedPair, now: string): Planned {
  const { pair, plan } = one;
  const { writes } = settle(pair, plan, everythingTaken(pair, plan), now);
  const leftOut =
    plan.kind === 'update'
      ? plan.fields.flatMap((field) =>
          field.kind === 'left' && field.reason && REASONS[field.reason.code].category !== 'policy'
            ? [
                [
                  field.pair.mapping.key,
                  { label: field.pair.property.label, reason: field.reason },
                ] as const,
              ]
            : [],
        )
      : [];
  return {
    one,
    writes: fieldWritesIn(writes),
    stops: plan.kind === 'leave' || plan.kind === 'unlink' ? plan.reason : null,
    leftOut: new Map(leftOut),
  };
}

interface Effect extends Planned {
  readonly resumes: boolean;
}

/** What comes of it by the draft and not by the settings in force. */
function effectOf(then: Planned, now: Planned | undefined): Effect {
  const nameOfWrite = ({ side, field, after }: Write): string =>
    `${side} ${field} ${JSON.stringify(after)}`;
  const already = new Set(now?.writes.map(nameOfWrite));
  return {
    ...then,
    writes: then.writes.filter((write) => !already.has(nameOfWrite(write))),
    stops: now?.stops === null ? then.stops : null,
    resumes: then.stops === null && now !== undefined && now.stops !== null,
    leftOut: new Map([...then.leftOut].filter(([key]) => !now?.leftOut.has(key))),
  };
}

function byField(effects: readonly Effect[], workspace: Workspace): SettingsEffect['fields'] {
  const fields = new Map<string, SettingsEffect['fields'][number]>();
  for (const write of effects.flatMap(({ writes }) => writes)) {
    const { side, field } = fieldChange(write, workspace);
    const name = `${side} ${write.field}`;
    const before = fields.get(name) ?? { side, field, records: 0, cleared: 0 };
    fields.set(name, {
      ...before,
      records: before.records + 1,
      cleared: before.cleared + (write.after === null ? 1 : 0),
    });
  }
  return [...fields.values()].toSorted((one, other) => other.records - one.records);
}

function leftOutByField(effects: readonly Effect[]): SettingsEffect['leftOut'] {
  const fields = new Map<string, SettingsEffect['leftOut'][number]>();
  for (const [key, { label, reason }] of effects.flatMap(({ leftOut }) => [...leftOut])) {
    const before = fields.get(key);
    fields.set(key, {
      field: label,
      records: (before?.records ?? 0) + 1,
      example: before?.example ?? explain(reason).sentence,
    });
  }
  return [...fields.values()].toSorted((one, other) => other.records - one.records);
}

function examplesOf(effects: readonly Effect[], workspace: Workspace): SettingsEffect['examples'] {
  return effects
    .filter(({ writes, stops }) => writes.length > 0 || stops !== null)
    .slice(0, EXAMPLES)
    .map(({ one, writes, stops }) => ({
      who: one.pair.hubspot && whoIs(one.pair.hubspot),
      changes: writes.map((write) => fieldChange(write, workspace)),
      stops: stops && explain(stops).sentence,
    }));
}
