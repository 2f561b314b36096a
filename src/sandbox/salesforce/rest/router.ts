// Which resource answers a call: everything behind `/services/data/vXX.X/`. A call that throws leaves
// nothing behind and answers its refusal.
import {
  methodNotAllowed,
  notFound,
  SalesforceError,
  UnreadableBody,
  WrongJsonType,
} from '../errors.ts';
import { jobs } from '../bulk/resources.ts';
import type { Answer, Api, Call } from './call.ts';
import { batch } from './batch.ts';
import { collection, retrieveCollection, upsertCollection } from './collections.ts';
import { composite } from './composite.ts';
import { basicInformation, describe, describeGlobal } from './describe.ts';
import { limits } from './limits.ts';
import { query } from './query.ts';
import { createRecord, objectNamed, recordByExternalId, recordById } from './records.ts';
import { deletedRecords, updatedRecords } from './replication.ts';

/** Runs a call and undoes it when it is refused. */
export function answer(api: Api, call: Call): Answer {
  const mark = api.database.mark();
  try {
    return route(api, call);
  } catch (error) {
    api.database.undoTo(mark);
    if (!(error instanceof SalesforceError)) throw error;
    return { status: error.status, value: located(error, call).body() };
  }
}

function located(error: SalesforceError, call: Call): SalesforceError {
  return error instanceof UnreadableBody && error instanceof WrongJsonType
    ? error.locatedIn(call.body, error.value)
    : error;
}

function route(api: Api, call: Call): Answer {
  switch (call.segments[0]) {
    case undefined:
      return get(call, () => resources(api, call));
    case 'limits':
      return get(call, () => limits(api));
    case 'query':
      return get(call, () => query(api, call, false));
    case 'queryAll':
      return get(call, () => query(api, call, true));
    case 'sobjects':
      return sobjects(api, call);
    case 'composite':
      return compositeResources(api, call);
    case 'jobs':
      return jobs(api, call);
    default:
      throw notFound();
  }
}

function get(call: Call, resource: () => Answer): Answer {
  if (call.method !== 'GET') throw methodNotAllowed(call.method);
  return resource();
}

function sobjects(api: Api, call: Call): Answer {
  const [, name, second, third, ...rest] = call.segments;
  if (rest.length > 0) throw notFound();
  if (name === undefined) return get(call, () => describeGlobal(api, call));
  const object = objectNamed(api, name);
  if (third !== undefined) return recordByExternalId(api, call, object, second ?? '', third);
  switch (second) {
    case undefined:
      return call.method === 'POST'
        ? createRecord(api, call, object)
        : get(call, () => basicInformation(call, object));
    case 'describe':
      return get(call, () => describe(call, object));
    case 'deleted':
      return get(call, () => deletedRecords(api, call, object));
    case 'updated':
      return get(call, () => updatedRecords(api, call, object));
    default:
      return recordById(api, call, object, second);
  }
}

function compositeResources(api: Api, call: Call): Answer {
  const [, kind, ...rest] = call.segments;
  if (kind === 'sobjects') {
    if (rest.length === 0) return collection(api, call);
    if (rest.length === 1) return retrieveCollection(api, call);
    if (rest.length === 2) return upsertCollection(api, call);
    throw notFound();
  }
  if (rest.length > 0) throw notFound();
  if (call.method !== 'POST') throw methodNotAllowed(call.method);
  if (kind === undefined) return composite(api, call, answer);
  if (kind === 'batch') return batch(api, call, answer);
  throw notFound();
}

function resources(api: Api, call: Call): Answer {
  const base = `/services/data/v${call.version}`;
  return {
    status: 200,
    value: {
      composite: `${base}/composite`,
      identity: `${call.baseUrl}/id/${api.organizationId}/${api.actor.userId}`,
      jobs: `${base}/jobs`,
      limits: `${base}/limits`,
      query: `${base}/query`,
      queryAll: `${base}/queryAll`,
      sobjects: `${base}/sobjects`,
    },
  };
}
