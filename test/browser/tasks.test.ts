// The tasks that matter, done as an admin or a rep does them, without the docs: by what is written on the screen. Each
// is done with the mouse, in no more clicks than it says, and with the keyboard alone; either way in a world that begins
// empty, since the first task is to set Tandem up.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workOnRun } from '../../src/sync/runs/work.ts';
import { createWorld, type World } from '../e2e/support/world.ts';
import { expectAccessible } from './support/accessibility.ts';
import { closeBrowser, eventually, withBrowserPage } from './support/browser-page.ts';
import { Person } from './support/person.ts';
import type { Hands } from './support/person.ts';
import type { PreviewServer } from './support/preview-server.ts';
import { tandemInPreview } from './support/tandem-in-preview.ts';

const CITY = { mappings: { defaultRules: { city: 'twoWay' } } };
const SETTINGS = '/?page=settings';
const AN_HOUR_MS = 3_600_000;

let world: World;
let preview: PreviewServer;

interface Task {
  readonly name: string;
  /** With the mouse. */
  readonly clicks: number;
  readonly fields: number;
  /** `who` is a word of its own for each time the task is done. */
  readonly steps: (person: Person, who: Hands) => Promise<void>;
}

const open = async ({ page }: Person, address: string): Promise<void> => {
  await page.goto(`${preview.origin}${address}`);
};

const leadOf = (email: string) =>
  world.salesforce.org.all('Lead').find(({ Email }) => Email === email);

/** A pair that is in sync. */
async function aPair(who: string): Promise<{ id: string; leadId: string }> {
  const email = `${who}@engines.example.com`;
  const leadId = world.salesforce.org.insert('Lead', {
    FirstName: 'Ada',
    LastName: who,
    Company: 'Engines Ltd',
    Email: email,
    City: 'London',
  });
  const { id } = world.hubspot.portal.create({ email, firstname: 'Ada', lastname: who });
  await world.settle();
  return { id, leadId };
}

/** What a worker does with the runs that somebody starts. */
async function workOnRuns(): Promise<void> {
  const { store, now } = world.pipeline.ports;
  const open = () => store.runs.open(new Date(now()).toISOString());
  await eventually(async () => (await open()).length).toBeGreaterThan(0);
  for (const { id } of await open()) await workOnRun(world.pipeline, id);
}

const TASKS: readonly Task[] = [
  {
    name: 'sets Tandem up by its guide',
    clicks: 7,
    fields: 0,
    async steps(person, who) {
      const email = `first-${who}@example.com`;
      world.salesforce.org.insert('Lead', { LastName: 'First', Company: 'Acme', Email: email });
      await open(person, SETTINGS);
      await person.sees(/^Set up Tandem/);
      await expectAccessible(person.page, 'the guide');
      await person.press('Choose who syncs');
      await person.press('Show the steps');
      await person.press('Review the mappings');
      await person.press('Show the steps');
      await person.press('Start the dry run');
      await workOnRuns();
      // It looks by itself every few seconds, which a test need not wait for.
      await open(person, SETTINGS);
      await person.sees(/1 created/);
      expect(world.hubspot.portal.byEmail(email)).toBeUndefined();
      await person.press('Start the first sync');
      await person.press('Start the first sync', { within: person.dialog() });
      await workOnRuns();
      await open(person, SETTINGS);
      await person.sees('Records by state');
      await eventually(() => person.page.getByText(/^Set up Tandem/).count()).toBe(0);
      expect(world.hubspot.portal.byEmail(email)).toBeDefined();
    },
  },
  {
    name: 'maps a custom field, and back-fills it',
    clicks: 9,
    fields: 0,
    async steps(person, who) {
      const { id, leadId } = await aPair(`mapped-${who}`);
      world.salesforce.org.update('Lead', leadId, { Is_Customer__c: true });
      await open(person, SETTINGS);
      await person.press('Field mappings', { as: 'tab' });
      await person.press('Add mapping');
      const panel = person.dialog('Add a field mapping');
      await person.choose('HubSpot property', 'is_customer', panel);
      await person.choose('Salesforce lead field', 'Is_Customer__c', panel);
      await person.press('Add mapping', { within: panel });
      await person.press('Save');
      await person.press('Back-fill now');
      await workOnRuns();
      await eventually(() => world.hubspot.portal.get(id)?.properties.is_customer).toBe('true');
    },
  },
  {
    name: 'switches the inclusion list after seeing what that would do',
    clicks: 4,
    fields: 0,
    async steps(person, who) {
      await aPair(`listed-${who}`);
      const listId = world.hubspot.portal.createList({
        name: 'Sales-ready',
        processingType: 'DYNAMIC',
        filter: ({ values }) => values.email === `listed-${who}@engines.example.com`,
      });
      await open(person, SETTINGS);
      await person.press('Inclusion list', { as: 'tab' });
      await person.choose('Inclusion list (segment)', 'Sales-ready');
      await person.sees('Would stop');
      await person.press('Save');
      await eventually(
        async () => (await world.pipeline.ports.store.settings.current()).settings.inclusion.listId,
      ).toBe(listId);
      // The tasks after this one are about everybody.
      await world.configure({});
    },
  },
  {
    name: 'undoes a run',
    clicks: 3,
    fields: 0,
    async steps(person, who) {
      const { id, leadId } = await aPair(`undone-${who}`);
      world.salesforce.org.update('Lead', leadId, { Website: 'https://wrong.example.com' });
      const { runs } = world.pipeline.ports.store;
      const start = { kind: 'import', scope: {}, dry: false, settingsVersion: 1 } as const;
      await workOnRun(world.pipeline, (await runs.start({ ...start, startedBy: 'ada' })).id);
      const websiteOf = () => world.hubspot.portal.get(id)?.properties.website ?? null;
      expect(websiteOf()).toBe('https://wrong.example.com');
      await open(person, SETTINGS);
      await person.press('Runs', { as: 'tab' });
      await person.press('Undo');
      await person.sees(/would go back/);
      await person.press('Undo the run', { within: person.dialog() });
      await workOnRuns();
      await eventually(websiteOf).toBeNull();
    },
  },
  {
    name: 'finds why Ada isn’t syncing, and fixes it',
    clicks: 4,
    fields: 2,
    async steps(person, who) {
      world.hubspot.portal.create({ firstname: 'Ada', lastname: `Lost-${who}` });
      await world.settle();
      await open(person, '/');
      await person.write('Search people', `Lost-${who}`);
      await person.press(new RegExp(`Ada Lost-${who}`));
      await person.sees(/has no e-mail address/);
      const form = person.page.getByRole('form', { name: 'Edit the HubSpot side' });
      await person.write('Email', `lost-${who}@engines.example.com`, form);
      await person.press('Save', { within: form });
      await person.press('Sync now');
      await person.press('Sync', { within: person.dialog() });
      await person.sees(/In sync with the Salesforce lead/);
      expect(leadOf(`lost-${who}@engines.example.com`)).toBeDefined();
    },
  },
  {
    name: 'resolves a conflict',
    clicks: 2,
    fields: 0,
    async steps(person, who) {
      await world.configure(CITY);
      const { id, leadId } = await aPair(`torn-${who}`);
      world.hubspot.portal.update(id, { city: 'Paris' });
      world.salesforce.org.update('Lead', leadId, { City: 'Turin' });
      await open(person, `/?contact=${id}&location=tab`);
      await person.press('Use HubSpot’s value');
      await person.press('Sync', { within: person.dialog() });
      await person.sees('Synced 1 field.');
      expect(world.salesforce.org.get('Lead', leadId)?.City).toBe('Paris');
    },
  },
  {
    name: 'pairs a contact with the right record',
    clicks: 2,
    fields: 1,
    async steps(person, who) {
      const { id } = await aPair(`wrong-${who}`);
      const right = world.salesforce.org.insert('Lead', { LastName: 'Right', Company: 'Navy' });
      await open(person, `/?contact=${id}&location=sidebar`);
      await person.press('Wrong record?');
      await person.write('The Salesforce lead or contact it belongs to', right, person.dialog());
      await person.press('Pair for good', { within: person.dialog() });
      const { links } = world.pipeline.ports.store;
      await eventually(
        async () => (await links.find({ hubspot: [id], salesforce: [] }))[0]?.salesforceId,
      ).toBe(right);
    },
  },
  {
    name: 'imports a campaign',
    clicks: 5,
    fields: 1,
    async steps(person, who) {
      const { org } = world.salesforce;
      const CampaignId = org.insert('Campaign', { Name: `Fair of the ${who}` });
      const email = `member-${who}@example.com`;
      const LeadId = org.insert('Lead', { LastName: 'Member', Company: 'Acme', Email: email });
      org.insert('CampaignMember', { CampaignId, LeadId, Status: 'Sent' });
      await open(person, SETTINGS);
      await person.press('Runs', { as: 'tab' });
      await person.press('Start a run');
      await person.choose('What to run', 'Import the members of a campaign', person.dialog());
      await person.write('Campaign id', CampaignId, person.dialog());
      await person.press('Start the run', { within: person.dialog() });
      await workOnRuns();
      await person.sees('Finished', person.page.getByRole('table'));
      expect(world.hubspot.portal.byEmail(email)).toBeDefined();
    },
  },
  {
    name: 'syncs the people picked in a list',
    clicks: 3,
    fields: 0,
    async steps(person, who) {
      const email = `picked-${who}@engines.example.com`;
      const { id } = world.hubspot.portal.create({ email, firstname: 'Picked', lastname: who });
      await open(person, `/?contact=${id}`);
      await person.press(`Select Picked ${who}`, { as: 'checkbox' });
      await person.press('Sync selected to Salesforce');
      await person.press('Sync 1 contact', { within: person.dialog() });
      await workOnRuns();
      await person.sees('Finished', person.dialog());
      expect(leadOf(email)).toBeDefined();
    },
  },
  {
    name: 'retries errors once their cause is gone',
    clicks: 2,
    fields: 0,
    async steps(person, who) {
      const email = `frozen-${who}@example.com`;
      const thaw = world.salesforce.org.addValidationRule('Lead', {
        name: 'Frozen',
        message: 'Leads of Frost are frozen until the audit is over.',
        fails: ({ Company }) => Company === 'Frost',
      });
      world.hubspot.portal.create({ email, lastname: 'Frozen', company: 'Frost' });
      await world.settle();
      thaw();
      await open(person, SETTINGS);
      await person.press('Problems', { as: 'tab' });
      const tile = person.page.locator('.ui-tile').filter({ hasText: 'Leads of Frost' });
      await person.press('Try all again', { within: tile });
      await person.sees('Run started');
      await workOnRuns();
      expect(leadOf(email)).toBeDefined();
    },
  },
  {
    name: 'restores a version',
    clicks: 3,
    fields: 0,
    async steps(person) {
      const { settings } = world.pipeline.ports.store;
      await world.configure(CITY);
      const { version } = await settings.current();
      await world.configure({ mappings: { defaultRules: { city: 'alwaysSalesforce' } } });
      await open(person, SETTINGS);
      await person.press('Versions', { as: 'tab' });
      const row = person.page.getByRole('row').filter({ hasText: `Version ${version}` });
      await person.press('Compare with now', { within: row });
      await person.sees('Then: ');
      await person.press(`Restore version ${version}`, { within: person.dialog() });
      await person.sees(`Restored version ${version}`);
      expect((await settings.current()).settings.mappings.defaultRules).toEqual(
        CITY.mappings.defaultRules,
      );
    },
  },
];

const none = { p50: null, p95: null, samples: 0 };
const WORKER = {
  role: 'worker',
  version: '0',
  lag: { hubspotToSalesforce: none, salesforceToHubSpot: none },
  queue: null,
} as const;

describe.each<Hands>(['mouse', 'keyboard'])('Somebody with a %s', (hands) => {
  beforeAll(async () => {
    world = await createWorld();
    // Ahead, so that it counts as at work until the end.
    const at = Date.now() + AN_HOUR_MS;
    await world.pipeline.ports.store.health.set('worker', { at, ...WORKER });
    preview = await tandemInPreview(world);
  }, 120_000);

  afterAll(async () => {
    await preview.close();
    await world.close();
  });

  it.each(TASKS)('$name', async ({ clicks, fields, steps }) => {
    await withBrowserPage({ height: 1000 }, async (page) => {
      const person = new Person(page, hands);
      await steps(person, hands);
      if (hands === 'mouse')
        expect({ clicks: person.clicks, fields: person.fields }).toEqual({ clicks, fields });
      else expect(person.clicks).toBe(0);
    });
  });
});

afterAll(closeBrowser);
