// The HubSpot properties Tandem brings along, in a group of their own so that it never fights the native
// connector over its `salesforce*` properties; and which fields of either side are for Tandem alone.
import { EXTERNAL_ID_FIELD } from './partners.ts';

export const OWN_GROUP = { name: 'salesforce_tandem', label: 'Salesforce (Tandem)' } as const;

interface OwnProperty {
  readonly name: string;
  readonly label: string;
  readonly type: 'string' | 'datetime';
  readonly fieldType: string;
  readonly description: string;
}

const text = (name: string, label: string, description: string): OwnProperty => ({
  name,
  label,
  type: 'string',
  fieldType: 'text',
  description,
});

/** What pairs are told apart by: a mapping that wrote one of them could pair or make people twice. */
const KEPT_FOR_PAIRING: ReadonlySet<string> = new Set([
  'tandem_lead_id',
  'tandem_contact_id',
  EXTERNAL_ID_FIELD,
]);
export const isKeptForPairing = (name: string): boolean => KEPT_FOR_PAIRING.has(name);

export const OWN_PROPERTIES: readonly OwnProperty[] = [
  text(
    'tandem_lead_id',
    'Salesforce lead ID',
    'Id of the Salesforce lead this contact is or was paired with. Written by Tandem.',
  ),
  text(
    'tandem_contact_id',
    'Salesforce contact ID',
    'Id of the Salesforce contact this contact is paired with. Written by Tandem.',
  ),
  text(
    'tandem_account_id',
    'Salesforce account ID',
    'Id of the Salesforce account of the paired contact. Written by Tandem.',
  ),
  text(
    'tandem_campaign_ids',
    'Salesforce campaigns',
    'Ids of the Salesforce campaigns the paired lead or contact is a member of. Written by Tandem.',
  ),
  {
    name: 'tandem_last_sync',
    label: 'Last Salesforce sync',
    type: 'datetime',
    fieldType: 'date',
    description:
      'When Tandem last wrote this contact. Written together with other changes, never alone.',
  },
  // Default mappings whose HubSpot property a portal has only if some connector made it (native-connector §1.2).
  text('leadsource', 'Lead Source', 'Lead source in Salesforce.'),
  {
    ...text('description', 'Contact Description', 'Description in Salesforce.'),
    fieldType: 'textarea',
  },
  text('rating', 'Rating', 'Rating in Salesforce.'),
];
