// What conditions on the Salesforce side would let through, before they are saved: counted by Salesforce in SOQL, and,
// for the records that are paired, judged one by one as the sync judges them. Reads only.
import { fieldsInCondition, meets, type Condition } from '../../engine/conditions.ts';
import { SALESFORCE_OBJECTS, type SalesforceObject } from '../../engine/fields.ts';
import { scaled } from '../../engine/inclusion-effect.ts';
import type { SalesforceRecord } from '../../engine/records.ts';
import { objectOfId } from '../../engine/salesforce-ids.ts';
import type { Settings } from '../../engine/settings.ts';
import { conditionInSoql, EVERYBODY } from '../../salesforce/condition-soql.ts';
import type { Pipeline } from '../pipeline.ts';
import type { Figure } from './preview.ts';

type Conditions = Settings['inclusion']['salesforceConditions'];

/** Paired records that are read and judged: two reads of 2,000 go into one call. */
const MOST_JUDGED = 4_000;

export interface ConditionPreview {
  readonly object: SalesforceObject;
  /** The whole query; null where SOQL has no words for the condition. */
  readonly soql: string | null;
  readonly differences: readonly string[];
  /** Records there are; converted leads don't count. */
  readonly records: Figure;
  /** Null where SOQL can't say. */
  readonly meeting: Figure | null;
  /** Of those that meet it, who is in no pair yet. */
  readonly unpaired: Figure | null;
  /** Paired, meets the saved condition, and not this one. */
  readonly stop: Figure;
  readonly start: Figure;
}

export async function conditionsPreview(
  pipeline: Pipeline,
  conditions: Conditions,
): Promise<readonly ConditionPreview[]> {
  const { store } = pipeline.ports;
  const [all, pairs] = await Promise.all([
    store.links.count({ which: 'paired' }),
    store.links.somePairs(MOST_JUDGED),
  ]);
  const { settings } = await pipeline.workspaces.current();
  const saved = settings.settings.inclusion.salesforceConditions;
  return Promise.all(
    SALESFORCE_OBJECTS.map((object) => {
      const ids = pairs.flatMap(({ salesforceId }) =>
        objectOfId(salesforceId) === object ? salesforceId : [],
      );
      const conditionsOf = { before: saved[object], after: conditions[object] };
      return previewOf(pipeline, object, conditionsOf, ids, { of: pairs.length, all });
    }),
  );
}

interface Both {
  readonly before: Condition | null;
  readonly after: Condition | null;
}

async function previewOf(
  pipeline: Pipeline,
  object: SalesforceObject,
  { before, after }: Both,
  ids: readonly string[],
  share: { readonly of: number; readonly all: number },
): Promise<ConditionPreview> {
  const { salesforce } = pipeline.ports;
  const { schemas } = await pipeline.workspaces.current();
  const live = object === 'Lead' ? 'IsConverted = false' : EVERYBODY;
  const asked = after === null ? null : conditionInSoql(after, schemas.salesforce[object]);
  const where = asked?.where ?? null;
  const whole = after === null ? live : where === null ? null : `(${where}) AND ${live}`;
  const [records, meeting, paired] = await Promise.all([
    countOf(pipeline, object, live),
    whole === null || after === null ? null : countOf(pipeline, object, whole),
    recordsOf(
      salesforce.records,
      object,
      ids,
      [...fieldsInCondition(before), ...fieldsInCondition(after)],
      before === null && after === null,
    ),
  ]);
  const precision = share.of >= share.all ? 'exact' : 'estimated';
  const figure = (found: number): Figure => ({ count: scaled(found, share), precision });
  const does = (condition: Condition | null) => (record: SalesforceRecord) =>
    meets(record.fields, condition);
  const isIn = paired === null ? ids.length : paired.filter(does(after)).length;
  const all = after === null ? records : meeting;
  const isSame = (asked?.differences.length ?? 0) === 0;
  return {
    object,
    soql: where === null ? null : `SELECT Id FROM ${object} WHERE ${where}`,
    differences: asked?.differences ?? [],
    records: { count: records, precision: 'exact' },
    meeting: all === null ? null : { count: all, precision: isSame ? 'exact' : 'estimated' },
    unpaired:
      all === null
        ? null
        : {
            count: Math.max(0, all - figure(isIn).count),
            precision: isSame ? precision : 'estimated',
          },
    stop: figure((paired ?? []).filter((one) => does(before)(one) && !does(after)(one)).length),
    start: figure((paired ?? []).filter((one) => !does(before)(one) && does(after)(one)).length),
  };
}

async function countOf(
  { ports }: Pipeline,
  object: SalesforceObject,
  where: string,
): Promise<number> {
  const [count = 0] = await ports.salesforce.records.count([object], where);
  return count;
}

/** With the fields of both conditions; null where there is nothing to judge. */
async function recordsOf(
  records: Pipeline['ports']['salesforce']['records'],
  object: SalesforceObject,
  ids: readonly string[],
  fields: readonly string[],
  isIdle: boolean,
): Promise<readonly SalesforceRecord[] | null> {
  if (isIdle || ids.length === 0) return null;
  const none: Record<SalesforceObject, readonly string[]> = { Lead: [], Contact: [] };
  const found = await records.read(
    { ids: { ...none, [object]: ids }, emails: [] },
    { ...none, [object]: [...new Set(fields)] },
  );
  return found.filter(({ isConverted }) => !isConverted);
}
