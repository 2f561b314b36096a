// What a HubSpot contact becomes that Salesforce doesn't have: the ordered rules, and the choice for everybody else.
import { Flex, Text, ToggleGroup } from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';
import type { ConditionFieldView } from '../../../src/api/contract.ts';
import { apiErrorOf } from '../../ui/call-tandem.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import type { Fetched } from '../../ui/fetched.ts';
import { Rules } from './rules.tsx';
import type { Creation } from './use-creation.ts';

interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly description: string;
}

const IN_SALESFORCE: readonly Choice<Creation['inSalesforce']>[] = [
  {
    value: 'lead',
    label: 'Create a lead',
    description:
      'The usual choice. Without a company in HubSpot, the domain of the e-mail address stands in.',
  },
  {
    value: 'contact',
    label: 'Create a contact',
    description:
      'For orgs that work without leads. It gets the Salesforce account of its HubSpot company.',
  },
  {
    value: 'nothing',
    label: 'Do nothing',
    description: 'Only people who are in Salesforce already sync.',
  },
];

const WITHOUT_ACCOUNT: readonly Choice<Creation['contactWithoutAccount']>[] = [
  {
    value: 'create',
    label: 'Create the contact without an account',
    description: 'Salesforce shows such a contact only to its owner and to admins.',
  },
  {
    value: 'wait',
    label: 'Wait for the account',
    description:
      'The contact is looked at every hour, and created once its company has a Salesforce account.',
  },
];

export interface InSalesforceProps {
  readonly creation: Creation;
  readonly properties: Fetched<readonly ConditionFieldView[]>;
  readonly readOnly: boolean;
  readonly onCreation: (creation: Creation) => void;
}

export function InSalesforce(props: InSalesforceProps): ReactElement {
  const { creation, properties, readOnly, onCreation } = props;
  const { rules, inSalesforce } = creation;
  const makesContacts =
    inSalesforce === 'contact' || rules.some(({ becomes }) => becomes === 'contact');
  return (
    <Flex direction="column" gap="medium">
      <Text>
        Rules are asked from top to bottom, and the first one that holds decides. Where none holds,
        the choice for everybody else does. A change counts from now on: nobody who was created
        already is touched.
      </Text>
      {properties.error !== null && properties.value === undefined && (
        <ErrorNotice
          title="The properties for conditions could not be loaded"
          error={apiErrorOf(properties.error)}
          retry={{ running: properties.isFetching, onRetry: properties.refetch }}
        />
      )}
      <Rules
        rules={rules}
        properties={properties.value ?? []}
        readOnly={readOnly}
        onRules={(changed) => {
          onCreation({ ...creation, rules: [...changed] });
        }}
      />
      <ToggleGroup
        toggleType="radioButtonList"
        name="create-in-salesforce"
        label={rules.length === 0 ? 'Everybody' : 'Everybody else'}
        value={inSalesforce}
        options={IN_SALESFORCE.map((option) => ({ ...option, readOnly }))}
        onChange={(value) => {
          const chosen = IN_SALESFORCE.find((option) => option.value === value);
          if (chosen) onCreation({ ...creation, inSalesforce: chosen.value });
        }}
      />
      {makesContacts && (
        <ToggleGroup
          toggleType="radioButtonList"
          name="contact-without-account"
          label="When a new Salesforce contact’s company has no account"
          value={creation.contactWithoutAccount}
          options={WITHOUT_ACCOUNT.map((option) => ({ ...option, readOnly }))}
          onChange={(value) => {
            const chosen = WITHOUT_ACCOUNT.find((option) => option.value === value);
            if (chosen) onCreation({ ...creation, contactWithoutAccount: chosen.value });
          }}
        />
      )}
    </Flex>
  );
}
