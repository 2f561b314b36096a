// The calls about problems: what is wrong, with whom, and trying one record again through the pipeline.
import { REASONS, type Reason } from '../engine/reasons.ts';
import { CATEGORY_LABELS } from '../engine/reasons/text.ts';
import { mappingsOf, type Mapping } from '../engine/mapping.ts';
import type { FieldSummaryRow, LinkSummaryRow } from '../store/port.ts';
import type { Pipeline } from '../sync/pipeline.ts';
import { sightingOf } from '../sync/sighting.ts';
import type { Workspace } from '../sync/workspace.ts';
import type { Caller } from './caller.ts';
import type { CallAnswer, CONTRACT } from './contract.ts';
import { ApiFailure } from './failure.ts';
import { inTime } from './in-time.ts';
import type { CountedReason, LeftOutField, ProblemCategory } from './problem-contract.ts';
import { problemPage } from './problem-records.ts';
import { reasonView } from './field-views.ts';
import type { z } from 'zod';

type Parameters<Name extends keyof typeof CONTRACT> = z.output<
  (typeof CONTRACT)[Name]['parameters']
>;

const RECORDS_PER_PAGE = 25;
/** How long labels of fields are waited for. */
const PATIENCE_MS = 4_000;

export async function problemsView(pipeline: Pipeline): Promise<CallAnswer<'get-problems'>> {
  const { links, settings } = pipeline.ports.store;
  const [rows, fields, { settings: document }] = await Promise.all([
    links.summary(),
    links.fieldSummary(),
    settings.current(),
  ]);
  // Only labels come from there: a CRM that doesn't answer must not hide what is wrong with it.
  const workspace =
    fields.length === 0 ? null : await inTime(pipeline.workspaces.current(), PATIENCE_MS);
  const mappings = new Map(mappingsOf(document).map((mapping) => [mapping.key, mapping]));
  return {
    problems: categoriesOf(rows, ['problem', 'waiting']),
    leftOut: categoriesOf(rows, ['skipped']),
    fields: fields.map((row) => leftOutField(row, mappings.get(row.mapping), workspace)),
  };
}

export function categoriesOf(
  rows: readonly LinkSummaryRow[],
  states: readonly CountedReason['state'][],
): ProblemCategory[] {
  const counted = rows.flatMap(({ state, reason, count }) => {
    const known = states.find((one) => one === state);
    return known === undefined || reason === null
      ? []
      : [{ state: known, code: reason.code, count, ...inWords(reason, count) }];
  });
  const byCategory = Map.groupBy(counted, ({ code }) => REASONS[code].category);
  return [...byCategory]
    .map(([category, reasons]) => ({
      category,
      label: CATEGORY_LABELS[category],
      count: reasons.reduce((sum, { count }) => sum + count, 0),
      reasons,
    }))
    .sort((one, other) => other.count - one.count);
}

/** Of several records each has its own names and values; these are one's. */
function inWords(reason: Reason, count: number): Pick<CountedReason, 'reason' | 'isExample'> {
  const { sentence, fix } = REASONS[reason.code];
  return {
    reason: reasonView(reason),
    isExample: count > 1 && /\{\w+\}/.test(`${sentence}${fix ?? ''}`),
  };
}

function leftOutField(
  { mapping: key, count, reason }: FieldSummaryRow,
  mapping: Mapping | undefined,
  workspace: Workspace | null,
): LeftOutField {
  // A mapping that was removed meanwhile is still in the key.
  const [property = key, lead = '', contact = ''] = key.split('~');
  const schemas = workspace?.schemas;
  const leadField = mapping?.leadField ?? lead;
  const contactField = mapping?.contactField ?? contact;
  const labels = [
    schemas?.salesforce.Lead.get(leadField)?.label ?? leadField,
    schemas?.salesforce.Contact.get(contactField)?.label ?? contactField,
  ].filter((label) => label !== '');
  return {
    mapping: key,
    hubspotProperty: property,
    hubspotLabel: schemas?.hubspot.get(property)?.label ?? property,
    salesforceLabel: [...new Set(labels)].join(' / '),
    code: reason.code,
    count,
    ...inWords(reason, count),
  };
}

export async function problemRecords(
  pipeline: Pipeline,
  { which, after }: Parameters<'get-problem-records'>,
): Promise<CallAnswer<'get-problem-records'>> {
  const page = await problemPage(pipeline, which, after, RECORDS_PER_PAGE);
  return {
    records: page.found.map(({ link, person, reason, since, salesforceUrl }) => ({
      hubspotId: link.hubspotId,
      salesforceId: link.salesforceId,
      salesforceObject: link.salesforceObject,
      salesforceUrl,
      ...person,
      reason: reasonView(reason),
      since,
      attempts: link.attempts,
      retryAt: link.retryAt,
    })),
    after: page.after,
  };
}

/** As Sync now does it, for whichever of the two records is there. */
export async function retriedRecord(
  pipeline: Pipeline,
  { hubspotId, salesforceId }: Parameters<'retry-record'>,
  caller: Caller | null,
): Promise<CallAnswer<'retry-record'>> {
  const { links } = pipeline.ports.store;
  const ids = {
    hubspot: hubspotId === null ? [] : [hubspotId],
    salesforce: salesforceId === null ? [] : [salesforceId],
  };
  const [link] = await links.find(ids);
  if (!link) {
    throw new ApiFailure({
      code: 'RECORD_NOT_FOUND',
      message: 'Tandem does not know this record any more.',
      fix: 'Reload the list.',
      field: null,
    });
  }
  const { pairs } = await pipeline.sync(sightingOf(link), {
    cause: 'syncNow',
    runId: null,
    recheck: true,
    by: caller?.email,
  });
  const notBegun = pairs.find(({ reason }) => reason?.code === 'NOT_BEGUN')?.reason;
  if (notBegun) return { isSolved: false, reason: reasonView(notBegun) };
  const [now] = await links.find(ids);
  const reason = !now || now.state === 'inSync' ? null : now.reason;
  return { isSolved: reason === null, reason: reason && reasonView(reason) };
}
