// Makes the HubSpot property for the Salesforce field that is chosen: type and options follow the field, label, name
// and group are the admin's.
import {
  Button,
  Flex,
  Input,
  LoadingButton,
  LoadingSpinner,
  Select,
  Text,
  Tile,
} from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { ReactElement } from 'react';
import type { CallAnswer } from '../../../src/api/contract.ts';
import { apiErrorOf } from '../../ui/call-tandem.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { useCreateProperty, usePropertyProposal } from './use-mappings.ts';

export interface CreatePropertyProps {
  readonly leadField: string | null;
  readonly contactField: string | null;
  readonly onCreated: (name: string) => void;
}

type SourceField = { readonly object: 'Lead' | 'Contact'; readonly field: string };

export function CreateProperty(props: CreatePropertyProps): ReactElement {
  const { leadField, contactField, onCreated } = props;
  const [isOpen, setOpen] = useState(false);
  const source: SourceField | null =
    leadField !== null
      ? { object: 'Lead', field: leadField }
      : contactField !== null
        ? { object: 'Contact', field: contactField }
        : null;
  const proposal = usePropertyProposal(isOpen ? source : null);
  if (!isOpen || source === null) {
    return (
      <Flex direction="row" gap="small" align="center" wrap>
        <Button
          size="xs"
          variant="secondary"
          disabled={source === null}
          onClick={() => {
            setOpen(true);
          }}
        >
          Create the property in HubSpot
        </Button>
        {source === null && (
          <Text variant="microcopy">For a field that has none yet: choose the field first.</Text>
        )}
      </Flex>
    );
  }
  const close = (): void => {
    setOpen(false);
  };
  if (proposal.error !== null) {
    return (
      <ErrorNotice
        title="No property can be created for this field now"
        error={apiErrorOf(proposal.error)}
        retry={{ running: proposal.isFetching, onRetry: proposal.refetch }}
      />
    );
  }
  if (proposal.value === undefined) {
    return <LoadingSpinner label="Looking what the property has to be like" showLabel />;
  }
  return (
    <PropertyForm
      key={`${source.object} ${source.field} ${proposal.value.name}`}
      source={source}
      proposal={proposal.value}
      onCreated={(name) => {
        close();
        onCreated(name);
      }}
      onCancel={close}
    />
  );
}

interface PropertyFormProps {
  readonly source: SourceField;
  readonly proposal: CallAnswer<'get-property-proposal'>;
  readonly onCreated: (name: string) => void;
  readonly onCancel: () => void;
}

const USUAL_GROUP = 'contactinformation';

function PropertyForm({ source, proposal, onCreated, onCancel }: PropertyFormProps): ReactElement {
  const { groups } = proposal;
  const [label, setLabel] = useState(proposal.label);
  const [name, setName] = useState(proposal.name);
  const [group, setGroup] = useState(
    groups.find((each) => each.name === USUAL_GROUP)?.name ?? groups[0]?.name ?? '',
  );
  const creating = useCreateProperty(onCreated);
  const options = proposal.options === 0 ? '' : ` with ${proposal.options} options`;
  return (
    <Tile compact>
      <Flex direction="column" gap="small">
        <Text format={{ fontWeight: 'demibold' }}>New contact property in HubSpot</Text>
        <Text variant="microcopy">
          {`Its type follows the Salesforce field: ${proposal.type}${options}.`}
        </Text>
        <Input name="property-label" label="Label" required value={label} onChange={setLabel} />
        <Input
          name="property-name"
          label="Internal name"
          required
          description="Lower-case letters, digits and underscores; it can’t be changed later."
          value={name}
          onChange={setName}
        />
        <Select
          name="property-group"
          label="Group"
          value={group}
          options={groups.map((each) => ({ label: each.label, value: each.name }))}
          onChange={(value) => {
            setGroup(String(value));
          }}
        />
        {creating.error !== null && (
          <ErrorNotice title="It was not created" error={apiErrorOf(creating.error)} />
        )}
        <Flex direction="row" gap="small">
          <LoadingButton
            size="sm"
            variant="primary"
            loading={creating.isDoing}
            disabled={creating.isDoing || label.trim() === '' || name.trim() === ''}
            onClick={() => {
              creating.start({ ...source, label, name: name.trim(), group });
            }}
          >
            Create property
          </LoadingButton>
          <Button size="sm" onClick={onCancel}>
            Use an existing one
          </Button>
        </Flex>
      </Flex>
    </Tile>
  );
}
