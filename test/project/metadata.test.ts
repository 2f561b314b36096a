// The project's metadata against HubSpot's own parser, and against our copy of its shape rules: the schema that
// HubSpot validates with is fetched for an account (hubspot-platform §2).
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { translate } from '@hubspot/project-parsing-lib/translate';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CONTRACT, SYNC_OUTCOMES } from '../../src/api/contract.ts';
import { ADMIN_CALLS } from '../../src/api/who-may.ts';
import { DEFAULT_MAPPINGS } from '../../src/engine/defaults.ts';
import { OWN_PROPERTIES } from '../../src/engine/own-properties.ts';
import { SECRET_NAMES } from '../../serverless/secrets.ts';
import {
  metadataFiles,
  PROFILE,
  profile,
  PROJECT,
  readJson,
  withVariables,
} from './support/project.ts';

/** A function knows nobody, so these go to the service (docs/security.md). */
const ADMINS_ONLY: ReadonlySet<string> = new Set(ADMIN_CALLS);

const uid = z.string().regex(/^[A-Za-z0-9_.-]{1,64}$/);
const httpsOrigins = z.array(z.url({ protocol: /^https$/ }));
const scopes = z.array(z.string().regex(/^[a-z_.-]+$/));

const component = <Type extends string, Config extends z.ZodType>(type: Type, config: Config) =>
  z.strictObject({ uid, type: z.literal(type), config });

const metadata = z.discriminatedUnion('type', [
  component(
    'app',
    z.strictObject({
      name: z.string().min(1).max(200),
      description: z.string().max(8192),
      distribution: z.enum(['private', 'marketplace']),
      auth: z.strictObject({
        type: z.enum(['static', 'oauth']),
        requiredScopes: scopes,
        optionalScopes: scopes,
        conditionallyRequiredScopes: scopes,
      }),
      permittedUrls: z.strictObject({
        fetch: httpsOrigins,
        iframe: httpsOrigins,
        img: httpsOrigins,
      }),
      support: z.strictObject({
        supportEmail: z.email(),
        documentationUrl: z.url(),
        supportUrl: z.url(),
        supportPhone: z.string().regex(/^\+\d+$/),
      }),
    }),
  ),
  component(
    'card',
    z.strictObject({
      name: z.string().min(1),
      description: z.string(),
      location: z.enum(['crm.record.tab', 'crm.record.sidebar', 'crm.preview', 'helpdesk.sidebar']),
      entrypoint: z.string().regex(/^\/app\/cards\/[^/]+\.(js|jsx|ts|tsx)$/),
      objectTypes: z.array(z.string()).min(1),
    }),
  ),
  component(
    'crm-bulk-action',
    z.strictObject({
      label: z.string().min(1),
      entrypoint: z.string().regex(/^\/app\/actions\/[^/]+\.(js|jsx|ts|tsx)$/),
      objectTypes: z.array(z.string()).min(1),
      displayMode: z.enum(['PANEL', 'MODAL']),
      icon: z.string(),
    }),
  ),
  component(
    'settings',
    z.strictObject({ entrypoint: z.string().regex(/^\/app\/settings\/[^/]+\.(js|jsx|ts|tsx)$/) }),
  ),
  component(
    'webhooks',
    z.strictObject({
      settings: z.strictObject({
        targetUrl: z.url({ protocol: /^https$/ }),
        maxConcurrentRequests: z.int().min(1).max(10),
      }),
      subscriptions: z.strictObject({
        legacyCrmObjects: z.array(
          z.strictObject({
            subscriptionType: z.enum([
              'contact.creation',
              'contact.deletion',
              'contact.merge',
              'contact.restore',
              'contact.propertyChange',
            ]),
            propertyName: z.string().optional(),
            active: z.literal(true),
          }),
        ),
        hubEvents: z.array(
          z.strictObject({
            subscriptionType: z.literal('contact.privacyDeletion'),
            active: z.literal(true),
          }),
        ),
      }),
    }),
  ),
  component(
    'workflow-action',
    z.strictObject({
      actionUrl: z.url({ protocol: /^https$/ }),
      isPublished: z.boolean(),
      supportedClients: z.array(z.strictObject({ client: z.literal('WORKFLOWS') })),
      inputFields: z.array(z.never()),
      outputFields: z.array(
        z.strictObject({
          typeDefinition: z.strictObject({
            name: z.string(),
            type: z.enum(['string', 'enumeration']),
            fieldType: z.enum(['text', 'select']),
            options: z.array(z.strictObject({ value: z.string(), label: z.string() })).optional(),
          }),
          supportedValueTypes: z.array(z.literal('STATIC_VALUE')),
        }),
      ),
      labels: z.strictObject({
        en: z.strictObject({
          actionName: z.string(),
          actionDescription: z.string(),
          actionCardContent: z.string(),
          appDisplayName: z.string(),
          outputFieldLabels: z.record(z.string(), z.string()),
        }),
      }),
      objectTypes: z.array(z.literal('CONTACT')),
    }),
  ),
  component(
    'app-function',
    z.strictObject({
      entrypoint: z.string().regex(/^\/app\/functions\/[^/]+\.js$/),
      secretKeys: z.array(z.string().regex(/^[A-Z0-9_]+$/)),
    }),
  ),
]);

const projectFile = z.strictObject({
  name: z.string().min(1),
  srcDir: z.literal('.'),
  platformVersion: z.literal('2026.09'),
});

const translated = () =>
  translate(
    { projectSourceDir: PROJECT, platformVersion: '2026.09' },
    {
      skipValidation: true,
      profile: PROFILE,
    },
  );

const all = () =>
  metadataFiles().map((file) => ({ file, ...metadata.parse(withVariables(readJson(file))) }));

describe('HubSpot’s parser', () => {
  it('takes every metadata file and skips none', async () => {
    const { intermediateRepresentation, skippedHsMetaFiles } = await translated();
    expect(skippedHsMetaFiles).toEqual([]);
    const taken = Object.values(intermediateRepresentation.intermediateNodesIndexedByUid);
    const ours = taken.filter(({ componentType }) => componentType !== 'SERVERLESS_PACKAGE');
    expect(ours.map(({ metaFilePath }) => metaFilePath).toSorted()).toEqual(metadataFiles());
    // The functions' package.json makes one component more (hubspot-platform §2).
    expect(taken).toHaveLength(ours.length + 1);
  });

  it('hangs every component on the app', async () => {
    const { intermediateRepresentation } = await translated();
    for (const node of Object.values(intermediateRepresentation.intermediateNodesIndexedByUid)) {
      if (node.componentType !== 'APPLICATION') {
        expect(node.componentDeps, node.uid).toMatchObject({ app: 'tandem' });
      }
    }
  });
});

describe('The profile', () => {
  it('gives HubSpot’s parser the service’s address for webhooks and hubspot.fetch, and the extensions too', async () => {
    const { intermediateRepresentation } = await translated();
    const { intermediateNodesIndexedByUid, profileData } = intermediateRepresentation;
    expect(intermediateNodesIndexedByUid['tandem']?.config).toMatchObject({
      permittedUrls: { fetch: ['https://your-tandem.invalid'] },
    });
    expect(intermediateNodesIndexedByUid['webhooks']?.config).toMatchObject({
      settings: { targetUrl: 'https://your-tandem.invalid/webhooks/hubspot' },
    });
    expect(profileData?.vars.profileVariables).toEqual(
      Object.fromEntries(
        Object.entries(profile().variables).map(([name, value]) => [
          name,
          { value, variableType: 'PROFILE_STRING' },
        ]),
      ),
    );
  });

  it('is needed for an upload: without one there is no address', async () => {
    const { intermediateRepresentation } = await translate(
      { projectSourceDir: PROJECT, platformVersion: '2026.09' },
      { skipValidation: true },
    );
    const { webhooks } = intermediateRepresentation.intermediateNodesIndexedByUid;
    expect(webhooks?.config).toMatchObject({
      settings: { targetUrl: '${TANDEM_SERVICE_URL}/webhooks/hubspot' },
    });
  });

  it('has only variables that the metadata or the extensions read', () => {
    expect(Object.keys(profile().variables)).toEqual(['TANDEM_SERVICE_URL']);
  });
});

describe('The shape of the metadata (hubspot-platform §2)', () => {
  it.each(metadataFiles())('%s', (file) => {
    expect(() => metadata.parse(withVariables(readJson(file)))).not.toThrow();
  });

  it('hsproject.json', () => {
    expect(() => projectFile.parse(readJson('hsproject.json'))).not.toThrow();
  });

  it('gives every component a uid of its own', () => {
    const uids = all().map((each) => each.uid);
    expect(new Set(uids).size).toBe(uids.length);
  });

  it('puts every entrypoint directly into its component’s folder', () => {
    for (const { file, type, config } of all()) {
      if (type !== 'app' && type !== 'webhooks' && type !== 'workflow-action')
        expect(dirname(config.entrypoint), file).toBe(`/${dirname(file)}`);
    }
  });
});

describe('The app', () => {
  const app = () => all().find((each) => each.type === 'app');

  it('is of the one kind that may have functions: private, with static auth (hubspot-platform §1)', () => {
    expect(app()?.config).toMatchObject({ distribution: 'private', auth: { type: 'static' } });
  });

  it('asks for no more than contacts, their properties, lists, owners and users need', () => {
    expect(app()?.config).toMatchObject({
      auth: {
        requiredScopes: [
          'crm.lists.read',
          'crm.objects.contacts.read',
          'crm.objects.contacts.write',
          'crm.objects.owners.read',
          'crm.schemas.contacts.read',
          'crm.schemas.contacts.write',
          // Account information, to know which portal this is.
          'oauth',
          // Who of those who call is an admin.
          'settings.users.read',
        ],
        // Passing an opt-out on to HubSpot: accounts without it sync everything else.
        optionalScopes: ['communication_preferences.statuses.batch.write'],
      },
      permittedUrls: { fetch: ['https://your-tandem.invalid'], iframe: [], img: [] },
    });
  });
});

describe('The card', () => {
  it('is there for contacts, in the sidebar and as a tab, from one entrypoint', () => {
    const cards = all().filter((each) => each.type === 'card');
    expect(cards.map(({ config }) => config.location).toSorted()).toEqual([
      'crm.record.sidebar',
      'crm.record.tab',
    ]);
    for (const { config } of cards) {
      expect(config).toMatchObject({
        name: 'Salesforce sync',
        entrypoint: '/app/cards/SyncCard.js',
        objectTypes: ['contacts'],
      });
    }
  });
});

describe('The functions', () => {
  const functions = () => all().filter((each) => each.type === 'app-function');

  it('are the calls of the contract that anybody may make, each called by its name', () => {
    expect(
      functions()
        .map((each) => each.uid)
        .toSorted(),
    ).toEqual(
      Object.keys(CONTRACT)
        .filter((name) => !ADMINS_ONLY.has(name))
        .toSorted(),
    );
    for (const { file, uid: name, config } of functions()) {
      expect(basename(file)).toBe(`${name}-hsmeta.json`);
      expect(config.entrypoint).toBe(`/app/functions/${name}.js`);
    }
  });

  it('are each one small file of serverless/', () => {
    for (const { uid: name } of functions()) {
      expect(existsSync(join(PROJECT, 'serverless', `${name}.ts`)), name).toBe(true);
    }
  });

  it('get the secrets that they read', () => {
    for (const { config } of functions()) expect(config.secretKeys).toEqual([...SECRET_NAMES]);
  });
});

describe('The bulk action', () => {
  it('is there for selected contacts', () => {
    const [action, ...others] = all().filter((each) => each.type === 'crm-bulk-action');
    expect(others).toEqual([]);
    expect(action?.config).toMatchObject({
      label: 'Sync selected to Salesforce',
      entrypoint: '/app/actions/SyncSelected.js',
      objectTypes: ['contacts'],
    });
  });
});

describe('The workflow action', () => {
  const action = () => all().find((each) => each.type === 'workflow-action')?.config;

  it('goes to the service, and hands on every outcome that a sync may have', () => {
    expect(action()?.actionUrl).toBe('https://your-tandem.invalid/workflow-actions/sync-now');
    const outcome = action()?.outputFields.find(
      ({ typeDefinition }) => typeDefinition.name === 'outcome',
    );
    expect(outcome?.typeDefinition.options?.map(({ value }) => value)).toEqual([
      ...SYNC_OUTCOMES,
      'failed',
    ]);
  });

  it('has a label for every output', () => {
    expect(Object.keys(action()?.labels.en.outputFieldLabels ?? {})).toEqual(
      action()?.outputFields.map(({ typeDefinition }) => typeDefinition.name),
    );
  });
});

describe('The webhooks (hubspot-api §3)', () => {
  const webhooks = () => all().find((each) => each.type === 'webhooks')?.config;

  it('tell of everything that can happen to a contact', () => {
    const { legacyCrmObjects = [], hubEvents = [] } = webhooks()?.subscriptions ?? {};
    const types = [...legacyCrmObjects, ...hubEvents].map((each) => each.subscriptionType);
    expect([...new Set(types)].toSorted()).toEqual([
      'contact.creation',
      'contact.deletion',
      'contact.merge',
      'contact.privacyDeletion',
      'contact.propertyChange',
      'contact.restore',
    ]);
  });

  it('tell of changes to every default mapped property that each portal has: there is no wildcard', () => {
    const ours = new Set(OWN_PROPERTIES.map(({ name }) => name));
    const mapped = DEFAULT_MAPPINGS.map((mapping) => mapping.hubspotProperty);
    expect(
      webhooks()
        ?.subscriptions.legacyCrmObjects.filter(({ propertyName }) => propertyName !== undefined)
        .map(({ propertyName }) => propertyName),
    ).toEqual([...new Set(mapped)].filter((name) => !ours.has(name)).toSorted());
  });

  it('go nowhere until somebody enters the address of their service', () => {
    expect(webhooks()?.settings.targetUrl).toMatch(
      /^https:\/\/[\w-]+\.invalid\/webhooks\/hubspot$/,
    );
  });
});
