// Fourth room of the pipeline: sends what was planned, in the APIs' own batches, and tells what became of
// every pair. One bad field never stops a record: the field a CRM blames is left out and the rest is sent
// again, a few times if need be.
import type { RecordError } from '../engine/errors.ts';
import { Unauthorized } from '../engine/failures.ts';
import type { Pair } from '../engine/match.ts';
import { EXTERNAL_ID_FIELD } from '../engine/partners.ts';
import type { Plan } from '../engine/plan.ts';
import { NOTHING_SENT, type PairOutcome, type SideOutcome } from '../engine/outcome.ts';
import type { SalesforceValue, Side } from '../engine/records.ts';
import type { HubSpotWriteOutcome } from '../hubspot/port.ts';
import type { SalesforceWrite } from '../salesforce/port.ts';
import type { Ports } from './workspace.ts';

export interface PlannedPair {
  readonly pair: Pair;
  readonly plan: Plan;
}

/** Resending with a field less is repeated at most this often; what is still refused then is a record's problem. */
const MOST_TRIES = 6;

type Fields<Value> = Readonly<Record<string, Value>>;

interface Outgoing<Value> {
  readonly index: number;
  fields: Fields<Value>;
  readonly dropped: Map<string, RecordError>;
}

type Answered =
  | { readonly ok: true; readonly id: string; readonly modifiedAt: string | null }
  | { readonly ok: false; readonly error: RecordError };

/** The fields of a payload that an error is about, by their name in the payload. */
function blamed<Value>(error: RecordError, fields: Fields<Value>): string[] {
  const names = new Set(error.fields.map((name) => name.toLowerCase()));
  if (error.code === 'CONFLICT' && names.size === 0) names.add('email');
  if (error.code === 'DUPLICATE_VALUE' && error.message.includes(EXTERNAL_ID_FIELD)) {
    names.add(EXTERNAL_ID_FIELD.toLowerCase());
  }
  return Object.keys(fields).filter((name) => names.has(name.toLowerCase()));
}

/** Sends every payload, leaving out refused fields until the rest is taken or nothing is left. */
async function sendLeavingOut<Value>(
  payloads: readonly { readonly index: number; readonly fields: Fields<Value> }[],
  send: (outgoing: readonly Outgoing<Value>[]) => Promise<Answered[]>,
): Promise<Map<number, SideOutcome>> {
  const outcomes = new Map<number, SideOutcome>();
  let pending: Outgoing<Value>[] = payloads.map(({ index, fields }) => ({
    index,
    fields,
    dropped: new Map(),
  }));
  for (let tries = 1; pending.length > 0; tries += 1) {
    const answers = await send(pending);
    const again: Outgoing<Value>[] = [];
    for (const [position, outgoing] of pending.entries()) {
      const answer = answers[position];
      if (!answer) throw new Error('a batch was answered with fewer outcomes than inputs');
      const guilty =
        answer.ok || answer.error.retryable ? [] : blamed(answer.error, outgoing.fields);
      if (answer.ok || guilty.length === 0 || tries === MOST_TRIES) {
        outcomes.set(outgoing.index, { result: answer, dropped: outgoing.dropped });
        continue;
      }
      for (const name of guilty) outgoing.dropped.set(name, answer.error);
      outgoing.fields = Object.fromEntries(
        Object.entries(outgoing.fields).filter(([name]) => !guilty.includes(name)),
      );
      if (Object.keys(outgoing.fields).length > 0) again.push(outgoing);
      else outcomes.set(outgoing.index, { result: null, dropped: outgoing.dropped });
    }
    pending = again;
  }
  return outcomes;
}

/** Outcomes in the order of the planned pairs. Both sides are written at the same time. */
export async function apply(planned: readonly PlannedPair[], ports: Ports): Promise<PairOutcome[]> {
  const [salesforce, hubspot] = await Promise.all([
    applyToSalesforce(planned, ports),
    applyToHubSpot(planned, ports),
  ]);
  const unsubscribed = await unsubscribe(planned, hubspot, ports);
  return planned.map((_, index) => ({
    hubspot: hubspot.get(index) ?? NOTHING_SENT.hubspot,
    salesforce: salesforce.get(index) ?? NOTHING_SENT.salesforce,
    unsubscribed: unsubscribed.get(index) ?? null,
  }));
}

async function applyToSalesforce(
  planned: readonly PlannedPair[],
  { salesforce }: Ports,
): Promise<Map<number, SideOutcome>> {
  const payloads = planned.flatMap(
    ({ plan }, index): { index: number; fields: Fields<SalesforceValue> }[] => {
      if (plan.kind === 'createInSalesforce') return [{ index, fields: plan.record }];
      return plan.kind === 'update' && Object.keys(plan.salesforce).length > 0
        ? [{ index, fields: plan.salesforce }]
        : [];
    },
  );
  const toWrite = ({ index, fields }: Outgoing<SalesforceValue>): SalesforceWrite => {
    const { pair, plan } = at(planned, index);
    if (plan.kind === 'createInSalesforce' && pair.hubspot) {
      const { object, assign } = plan;
      return { kind: 'create', object, fields, hubspotId: pair.hubspot.id, assign };
    }
    if (!pair.salesforce)
      throw new Error('an update was planned for a Salesforce record that was not read');
    const { object, id, fields: read } = pair.salesforce;
    const account = typeof read.AccountId === 'string' ? { accountId: read.AccountId } : {};
    return { kind: 'update', object, id, fields, ...account };
  };
  const deleted = await deleteThereToo(planned, 'hubspot', async (pairs) => {
    const writes = pairs.map(({ salesforce: record }): SalesforceWrite => {
      if (!record) throw new Error('a deletion was planned for a record that was not read');
      return { kind: 'delete', object: record.object, id: record.id };
    });
    const outcomes = await salesforce.records.write(writes);
    return outcomes.map((outcome) => (outcome.ok ? { ...outcome, modifiedAt: null } : outcome));
  });
  const written = await sendLeavingOut(payloads, async (outgoing) => {
    const outcomes = await salesforce.records.write(outgoing.map(toWrite));
    return outcomes.map((outcome) => (outcome.ok ? { ...outcome, modifiedAt: null } : outcome));
  });
  return new Map([...deleted, ...written]);
}

/** Deletes the records whose partner was deleted on the `gone` side. */
async function deleteThereToo(
  planned: readonly PlannedPair[],
  gone: Side,
  send: (pairs: readonly Pair[]) => Promise<readonly Answered[]>,
): Promise<Map<number, SideOutcome>> {
  const wanted = planned.flatMap(({ pair, plan }, index) =>
    plan.kind === 'unlink' && plan.deletes && plan.gone === gone ? [{ index, pair }] : [],
  );
  if (wanted.length === 0) return new Map();
  const answers = await send(wanted.map(({ pair }) => pair));
  return new Map(
    wanted.map(({ index }, position) => [
      index,
      { result: answers[position] ?? null, dropped: new Map() },
    ]),
  );
}

async function applyToHubSpot(
  planned: readonly PlannedPair[],
  { hubspot }: Ports,
): Promise<Map<number, SideOutcome>> {
  const notAssociated = await associateCompanies(planned, hubspot);
  const creates: { index: number; fields: Fields<string> }[] = [];
  const updates: { index: number; fields: Fields<string> }[] = [];
  for (const [index, { plan }] of planned.entries()) {
    if (plan.kind === 'createInHubSpot') creates.push({ index, fields: plan.properties });
    else if (
      plan.kind === 'update' &&
      Object.keys(plan.hubspot).length > 0 &&
      !notAssociated.has(index)
    )
      updates.push({ index, fields: plan.hubspot });
  }
  const [created, updated] = await Promise.all([
    sendLeavingOut(creates, async (outgoing) => {
      const answers = await hubspot.contacts.create(
        outgoing.map(({ index, fields }) => {
          const { plan } = at(planned, index);
          const companyId = plan.kind === 'createInHubSpot' ? plan.companyId : null;
          return { properties: fields, ...(companyId === null ? {} : { companyId }) };
        }),
      );
      // A taken e-mail is not a bad field of a new contact: the contact exists, and the pair is planned again.
      return answers.map((answer) =>
        !answer.ok && answer.error.code === 'CONFLICT'
          ? { ok: false, error: { ...answer.error, retryable: true } }
          : answer,
      );
    }),
    sendLeavingOut(updates, (outgoing) =>
      hubspot.contacts.update(
        outgoing.map(({ index, fields }) => ({
          id: at(planned, index).pair.hubspot?.id ?? '',
          properties: fields,
        })),
      ),
    ),
  ]);
  const deleted = await deleteThereToo(planned, 'salesforce', (pairs) =>
    hubspot.contacts.archive(pairs.map((pair) => pair.hubspot?.id ?? '')),
  );
  return new Map([...notAssociated, ...created, ...updated, ...deleted]);
}

/**
 * Before the account id is written to the contact: once it is there, nothing would tell that the
 * association is missing. Returns what could not be associated, whose writes have to wait.
 */
async function associateCompanies(
  planned: readonly PlannedPair[],
  hubspot: Ports['hubspot'],
): Promise<Map<number, SideOutcome>> {
  const wanted = planned.flatMap(({ pair, plan }, index) =>
    plan.kind === 'update' && plan.companyId !== null && pair.hubspot
      ? [{ index, contactId: pair.hubspot.id, companyId: plan.companyId }]
      : [],
  );
  if (wanted.length === 0) return new Map();
  const outcomes = await hubspot.companies.associate(wanted);
  return new Map(
    wanted.flatMap(({ index }, position): [number, SideOutcome][] => {
      const outcome = outcomes[position];
      return outcome?.ok === false ? [[index, { result: outcome, dropped: new Map() }]] : [];
    }),
  );
}

async function unsubscribe(
  planned: readonly PlannedPair[],
  written: ReadonlyMap<number, SideOutcome>,
  { hubspot }: Ports,
): Promise<Map<number, NonNullable<PairOutcome['unsubscribed']>>> {
  const wanted = planned.flatMap(({ plan }, index): { index: number; email: string }[] => {
    if (plan.kind !== 'update' && plan.kind !== 'createInHubSpot') return [];
    if (plan.unsubscribe === null) return [];
    const exists = plan.kind === 'update' || written.get(index)?.result?.ok === true;
    return exists ? [{ index, email: plan.unsubscribe }] : [];
  });
  if (wanted.length === 0) return new Map();
  const outcomes = await hubspot.contacts
    .unsubscribeAll(wanted.map(({ email }) => email))
    .catch(withoutScope(wanted.length));
  return new Map(
    wanted.map(({ index }, position) => {
      const outcome = outcomes[position];
      return [index, outcome && !outcome.ok ? outcome : { ok: true as const }];
    }),
  );
}

/** The scope for opt-outs is an optional one: without it the opt-out is left out, and everything else goes on. */
const withoutScope =
  (count: number) =>
  (error: unknown): HubSpotWriteOutcome[] => {
    if (!(error instanceof Unauthorized)) throw error;
    const refused: RecordError = {
      code: 'MISSING_SCOPES',
      message: error.message,
      fields: [],
      existingId: null,
      retryable: false,
    };
    return Array.from({ length: count }, () => ({ ok: false, error: refused }));
  };

function at(planned: readonly PlannedPair[], index: number): PlannedPair {
  const pair = planned[index];
  if (!pair) throw new Error(`no planned pair at ${index}`);
  return pair;
}
