// The people of the browser tests, in memory, behind the preview's own dependencies: a miniature of the sandbox in
// which an edit on one side arrives on the other when `sync()` is called.
import type {
  ActivityRow,
  EditOutcome,
  PersonRow,
  PreviewConfig,
  PreviewContact,
} from '../../../src/preview/contract.ts';
import type { PreviewDependencies } from '../../../src/preview/server.ts';
import { functionFailed } from '../../../src/service/function-outcome.ts';

export const SAMPLE_CONFIG: Omit<PreviewConfig, 'variables' | 'calls'> = {
  mode: 'sandbox',
  portal: { id: 4242, timezone: 'Europe/Berlin' },
  users: [
    {
      id: 61000001,
      email: 'admin@example.com',
      firstName: 'Alex',
      lastName: 'Admin',
      permissions: ['integrations-management-write'],
    },
    {
      id: 61000101,
      email: 'maya.okafor@example.com',
      firstName: 'Maya',
      lastName: 'Okafor',
      permissions: [],
    },
  ],
  app: { appId: 1, appName: 'Tandem', cardTitle: 'Salesforce sync' },
};

const LABELS = {
  hubspot: { firstname: 'First name', lastname: 'Last name', email: 'Email', city: 'City' },
  salesforce: { FirstName: 'First Name', LastName: 'Last Name', Email: 'Email', City: 'City' },
};

const TWINS = [
  ['firstname', 'FirstName'],
  ['lastname', 'LastName'],
  ['email', 'Email'],
  ['city', 'City'],
] as const;

const STATES: readonly PersonRow['state'][] = ['inSync', 'waiting', 'problem', 'notSyncing'];
const FIRST = ['Maria', 'Brian', 'Chidi', 'Dunja', 'Emil', 'Fatima', 'Goran', 'Hanna'];
const LAST = ['Johnson', 'Halligan', 'Okafor', 'Petrović', 'Svensson', 'El-Amin', 'Ilić', 'Weiß'];

function samplePerson(index: number): PreviewContact {
  const firstname = FIRST[index % FIRST.length] ?? '';
  const lastname = LAST[(index * 3) % LAST.length] ?? '';
  const email = `${firstname}.${index}@example.com`.toLowerCase();
  return {
    contactId: String(51 + index),
    hubspot: { properties: { firstname, lastname, email, city: 'Berlin', jobtitle: null } },
    salesforce:
      index % 4 === 3
        ? null
        : {
            object: index % 2 === 0 ? 'Lead' : 'Contact',
            id: `00Q5g00000A${String(index).padStart(4, '0')}AAA`,
            fields: {
              FirstName: firstname,
              LastName: lastname,
              Email: email,
              City: 'Berlin',
              HasOptedOutOfEmail: false,
              NumberOfEmployees: 12,
            },
          },
    labels: LABELS,
  };
}

/** The dependencies of a preview over the sample people, and what a test does behind their back. */
export class SamplePeople {
  readonly #contacts = new Map<string, PreviewContact>();
  readonly #changes: ActivityRow[] = [];
  readonly edits: unknown[] = [];

  constructor(count = 24) {
    for (let index = 0; index < count; index += 1) {
      const person = samplePerson(index);
      this.#contacts.set(person.contactId, person);
    }
  }

  #rows(): PersonRow[] {
    return [...this.#contacts.values()].map(({ contactId, hubspot: { properties } }, index) => ({
      contactId,
      name: `${properties['firstname'] ?? ''} ${properties['lastname'] ?? ''}`,
      email: properties['email'] ?? null,
      state: STATES[index % STATES.length] ?? 'inSync',
      headline: 'In sync with a Salesforce lead.',
    }));
  }

  #edited(contactId: string, change: (contact: PreviewContact) => PreviewContact): EditOutcome {
    const contact = this.#contacts.get(contactId);
    if (contact === undefined) return { ok: false, message: 'There is no such contact.' };
    const changed = change(contact);
    this.#contacts.set(contactId, changed);
    return { ok: true, contact: changed };
  }

  /** Carries HubSpot's values over to Salesforce, as the sync would. */
  sync(contactId: string): void {
    this.#edited(contactId, (contact) => {
      if (contact.salesforce === null) return contact;
      const fields = { ...contact.salesforce.fields };
      for (const [property, field] of TWINS) {
        const after = contact.hubspot.properties[property] ?? null;
        const before = fields[field];
        if (before === after) continue;
        fields[field] = after;
        this.#changes.unshift({
          at: new Date().toISOString(),
          side: 'salesforce',
          field: LABELS.salesforce[field],
          before: typeof before === 'string' ? before : null,
          after,
          why: 'HubSpot changed last.',
          name: contact.hubspot.properties['firstname'] ?? '',
        });
      }
      return { ...contact, salesforce: { ...contact.salesforce, fields } };
    });
  }

  dependencies(): Omit<PreviewDependencies, 'config' | 'bundlesFolder' | 'hostFolder'> {
    return {
      proxy: {
        addressSeenFrom: (ownOrigin) => ownOrigin,
        fetch: () => Promise.resolve({ status: 404, body: '{}' }),
      },
      people: (search) =>
        Promise.resolve(
          this.#rows().filter(({ name, email }) =>
            `${name} ${email ?? ''}`.toLowerCase().includes(search.toLowerCase()),
          ),
        ),
      contact: (contactId) => Promise.resolve(this.#contacts.get(contactId) ?? null),
      editHubSpot: (contactId, properties) => {
        this.edits.push(properties);
        if (properties['email']?.includes('@') === false) {
          return Promise.resolve({ ok: false, message: 'HubSpot refused: the email is invalid.' });
        }
        return Promise.resolve(
          this.#edited(contactId, (contact) => ({
            ...contact,
            hubspot: { properties: { ...contact.hubspot.properties, ...properties } },
          })),
        );
      },
      editSalesforce: (contactId, fields) => {
        this.edits.push(fields);
        return Promise.resolve(
          this.#edited(contactId, (contact) =>
            contact.salesforce === null
              ? contact
              : {
                  ...contact,
                  salesforce: {
                    ...contact.salesforce,
                    fields: { ...contact.salesforce.fields, ...fields },
                  },
                },
          ),
        );
      },
      activity: () => Promise.resolve(this.#changes),
      runFunction: (name, parameters) =>
        Promise.resolve(
          name === 'echo'
            ? { ok: true, response: { echoed: JSON.stringify(parameters) } }
            : functionFailed(name, 'TypeError: it broke'),
        ),
    };
  }
}
