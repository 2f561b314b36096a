// Plays edits on many people at once: each person is a pair that agrees, has one field edited on one side
// over HTTP, and is read on both sides over HTTP once Tandem has come to rest.
import { randomBytes } from 'node:crypto';
import { expect } from 'vitest';
import { SALESFORCE_OBJECTS } from '../../../src/engine/fields.ts';
import type { SalesforceValue } from '../../../src/engine/records.ts';
import { run } from '../../../src/sync/runs/control.ts';
import { hubspotUserIn, salesforceUserIn } from './crm-users.ts';
import { blankOf, type FieldValues, type Spelling } from './field-values.ts';
import type { Edit, Outcome } from './rule-outcomes.ts';
import type { World } from './world.ts';

/** One edit of one field, and what the rule demands. */
export interface FieldCase extends Edit {
  /** As Salesforce labels the field. */
  readonly label: string;
  readonly salesforceField: string;
  readonly values: (unique: string) => FieldValues;
  readonly outcome: Outcome;
}

export interface Played {
  /** What both sides hold at the end. */
  readonly ended: Spelling;
  readonly demanded: Spelling;
  /** Whether Salesforce took the edit. */
  readonly refusedBySalesforce: boolean;
  /** Codes of what Tandem says about the field: with the field, and in the history. */
  readonly reasons: readonly string[];
}

interface Person {
  readonly case: FieldCase;
  readonly values: FieldValues;
  readonly email: string;
  readonly hubspotId: string;
  readonly salesforceId: string;
}

const OWN_ID = 'Tandem_HubSpot_Id__c';

export async function play(world: World, cases: readonly FieldCase[]): Promise<Played[]> {
  const people = pairs(world, cases);
  await world.settle();
  const refused = await edit(world, people);
  await world.settle();
  const after = await readBack(world, people);
  return Promise.all(
    people.map(async (person, index) => ({
      ended: after[index] ?? { hubspot: null, salesforce: null },
      demanded: demandedOf(person),
      refusedBySalesforce: refused.has(person),
      reasons: await reasonsFor(world, person),
    })),
  );
}

/** People both CRMs know, who know of each other by id: some have no e-mail. */
function pairs({ hubspot, salesforce }: World, cases: readonly FieldCase[]): Person[] {
  const drafts = cases.map((one) => {
    const unique = randomBytes(6).toString('hex');
    const values = one.values(unique);
    return {
      case: one,
      values,
      email: `person.${unique}@example.com`,
      start: startOf(one, values),
    };
  });
  const contacts = hubspot.portal.seed(
    drafts.map(({ case: { hubspotProperty }, email, start }) => ({
      properties: withoutBlanks({ email, lastname: 'Berg', [hubspotProperty]: start.hubspot }),
    })),
  );
  const records = salesforce.org.seed(
    drafts.map(({ case: { object, salesforceField }, email, start }, index) => ({
      object,
      fields: {
        Email: email,
        LastName: 'Berg',
        ...(object === 'Lead' ? { Company: 'Acme Ltd' } : {}),
        [salesforceField]: start.salesforce,
        [OWN_ID]: contacts[index]?.id ?? null,
      },
    })),
  );
  return drafts.map(({ case: one, values, email }, index) => ({
    case: one,
    values,
    email,
    hubspotId: contacts[index]?.id ?? '',
    salesforceId: records[index] ?? '',
  }));
}

const startOf = ({ hubspotProperty, action }: FieldCase, { before }: FieldValues): Spelling =>
  action === 'filled' ? blankOf(hubspotProperty) : before;

function withoutBlanks(
  properties: Readonly<Record<string, string | null>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(properties).filter((entry): entry is [string, string] => entry[1] !== null),
  );
}

/** Answers whose edit Salesforce refused. */
async function edit(world: World, people: readonly Person[]): Promise<ReadonlySet<Person>> {
  const hubspotUser = hubspotUserIn(world);
  const salesforceUser = await salesforceUserIn(world);
  const inHubSpot = people.filter(({ case: { side } }) => side === 'hubspot');
  const optOuts = inHubSpot.filter(({ case: one }) => one.hubspotProperty === 'hs_email_optout');
  await hubspotUser.update(
    inHubSpot
      .filter((person) => !optOuts.includes(person))
      .map(({ hubspotId, values, case: { hubspotProperty, action } }) => ({
        id: hubspotId,
        properties: { [hubspotProperty]: action === 'cleared' ? '' : values.typedInHubSpot },
      })),
  );
  await hubspotUser.optOut(
    optOuts.filter(({ case: { action } }) => action === 'filled').map(({ email }) => email),
  );
  // Opting in again is something only the person can do, with the link in an e-mail (native-connector §11.4).
  for (const {
    email,
    case: { action },
  } of optOuts)
    if (action === 'cleared') world.hubspot.portal.resubscribe(email);

  const refused = new Set<Person>();
  for (const object of SALESFORCE_OBJECTS) {
    const inSalesforce = people.filter(
      ({ case: one }) => one.side === 'salesforce' && one.object === object,
    );
    const outcomes = await salesforceUser.update(
      object,
      inSalesforce.map(
        ({ salesforceId, values, case: { hubspotProperty, salesforceField, action } }) => ({
          id: salesforceId,
          fields: {
            [salesforceField]:
              action === 'cleared' ? blankOf(hubspotProperty).salesforce : values.typedInSalesforce,
          },
        }),
      ),
    );
    for (const [index, person] of inSalesforce.entries()) if (outcomes[index]) refused.add(person);
  }
  return refused;
}

async function readBack(world: World, people: readonly Person[]): Promise<Spelling[]> {
  const hubspotUser = hubspotUserIn(world);
  const salesforceUser = await salesforceUserIn(world);
  const contacts = await hubspotUser.read(
    people.map(({ hubspotId }) => hubspotId),
    [...new Set(people.map(({ case: { hubspotProperty } }) => hubspotProperty))],
  );
  const records = new Map<string, Readonly<Record<string, SalesforceValue>>>();
  for (const object of SALESFORCE_OBJECTS) {
    const ofObject = people.filter(({ case: one }) => one.object === object);
    const found = await salesforceUser.read(
      object,
      ofObject.map(({ salesforceId }) => salesforceId),
      [...new Set(ofObject.map(({ case: { salesforceField } }) => salesforceField))],
    );
    for (const [id, record] of found) records.set(id, record);
  }
  return people.map(({ case: { hubspotProperty, salesforceField }, hubspotId, salesforceId }) => {
    const contact = contacts.get(hubspotId);
    const record = records.get(salesforceId);
    if (!contact || !record) throw new Error(`${hubspotId} or ${salesforceId} is gone`);
    return {
      hubspot: (contact[hubspotProperty] || null) ?? blankOf(hubspotProperty).hubspot,
      salesforce: record[salesforceField] ?? null,
    };
  });
}

/** What the fate of an edit means for both sides. */
function demandedOf({ case: one, values }: Person): Spelling {
  const before = startOf(one, values);
  const blank = blankOf(one.hubspotProperty);
  const typed = one.side === 'hubspot' ? values.fromHubSpot : values.fromSalesforce;
  const edited = one.action === 'cleared' ? blank : typed;
  switch (one.outcome.fate) {
    case 'arrives':
      return edited;
    case 'set back':
    case 'refused by Salesforce':
      return before;
    case 'stays':
      return one.side === 'hubspot'
        ? { hubspot: edited.hubspot, salesforce: before.salesforce }
        : { hubspot: before.hubspot, salesforce: edited.salesforce };
  }
}

async function reasonsFor(
  { pipeline }: World,
  { case: { hubspotProperty, salesforceField, rule }, hubspotId }: Person,
): Promise<string[]> {
  const { links } = pipeline.ports.store;
  const [link] = await links.find({ hubspot: [hubspotId], salesforce: [] });
  const said = Object.entries(link?.fieldReasons ?? {})
    .filter(([key]) => key === hubspotProperty || key.startsWith(`${hubspotProperty}~`))
    .map(([, { code }]) => code);
  const history = await links.history(hubspotId, 20);
  return [
    ...said,
    ...history
      .filter(
        ({ side, field }) => field === (side === 'hubspot' ? hubspotProperty : salesforceField),
      )
      .filter(({ why }) => why !== rule)
      .map(({ why }) => why),
  ];
}

export const nameOfSide = { hubspot: 'HubSpot', salesforce: 'Salesforce' } as const;

const WRITES = /batch\/(?:create|update|upsert)|unsubscribe|^PATCH/;

/** A full look at everybody on both sides finds nothing to write. */
export async function expectNothingToWrite(world: World): Promise<void> {
  const { hubspot, salesforce, pipeline } = world;
  world.resetCalls();
  salesforce.subrequests.reset();
  for (const kind of ['import', 'push'] as const) {
    const { counts } = await run(pipeline, { kind, scope: {} });
    expect(counts).toMatchObject({ created: 0, updated: 0, paired: 0, failed: 0 });
  }
  const calls = [hubspot, salesforce].flatMap((crm) => Object.keys(crm.calls.byEndpoint()));
  expect(
    [...calls, ...Object.keys(salesforce.subrequests.byEndpoint())].filter((call) =>
      WRITES.test(call),
    ),
  ).toEqual([]);
}
