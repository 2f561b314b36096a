// The tasks that matter, done as an admin or a rep does them, without the docs: by what is written on the screen. Each is
// done with the mouse, in no more clicks than it says, and with the keyboard alone.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type World } from '../e2e/support/world.ts';
import { startWorking } from '../e2e/support/working.ts';
import { closeBrowser, eventually, withBrowserPage } from './support/browser-page.ts';
import { Person } from './support/person.ts';
import type { Hands } from './support/person.ts';
import type { PreviewServer } from './support/preview-server.ts';
import { tandemInPreview } from './support/tandem-in-preview.ts';

const CITY = { mappings: { defaultRules: { city: 'twoWay' } } };

let world: World;
let preview: PreviewServer;

beforeAll(async () => {
  world = await createWorld();
  await world.configure(CITY);
  preview = await tandemInPreview(world);
}, 120_000);

afterAll(async () => {
  await closeBrowser();
  await preview.close();
  await world.close();
});

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
const SETTINGS = '/?page=settings';

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

/** With a worker at work, as always in a real installation; else nobody touches what a task prepares. */
async function withWorker(work: () => Promise<void>): Promise<void> {
  const none = { p50: null, p95: null, samples: 0 };
  const lag = { hubspotToSalesforce: none, salesforceToHubSpot: none };
  const { health } = world.pipeline.ports.store;
  await health.set('worker', { at: Date.now(), role: 'worker', version: '0', lag, queue: null });
  const working = await startWorking(world.pipeline);
  try {
    await work();
  } finally {
    await working.stop();
    await health.remove('worker');
  }
}

const TASKS: readonly Task[] = [
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
      await withWorker(async () => {
        await open(person, SETTINGS);
        await person.press('Runs', { as: 'tab' });
        await person.press('Start a run');
        await person.choose('What to run', 'Import the members of a campaign', person.dialog());
        await person.write('Campaign id', CampaignId, person.dialog());
        await person.press('Start the run', { within: person.dialog() });
        await person.sees('Finished', person.page.getByRole('table'));
      });
      expect(world.hubspot.portal.byEmail(email)).toBeDefined();
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
      await withWorker(async () => {
        await open(person, SETTINGS);
        await person.press('Problems', { as: 'tab' });
        await person.sees(/Leads of Frost are frozen/);
        const tile = person.page.locator('.ui-tile').filter({ hasText: 'Leads of Frost' });
        await person.press('Try all again', { within: tile });
        await person.sees('Run started');
        await eventually(() => leadOf(email)).toBeDefined();
      });
    },
  },
  {
    name: 'restores a version',
    clicks: 3,
    fields: 0,
    async steps(person) {
      const { settings } = world.pipeline.ports.store;
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

describe.each<Hands>(['mouse', 'keyboard'])('Somebody with a %s', (hands) => {
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
