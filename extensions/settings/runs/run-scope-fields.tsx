// What has to be said beside the kind of a run: which campaign, condition, segment, mapping or reasons.
import { Input, LoadingSpinner, MultiSelect, Select, Text, TextArea } from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';
import type { InclusionList, MappingView } from '../../../src/api/contract.ts';
import { apiErrorOf } from '../../ui/call-tandem.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import type { Fetched } from '../../ui/fetched.ts';
import { CATEGORY_OPTIONS, categoriesFrom } from './run-choice.ts';
import type { RunChoice } from './run-choice.ts';

export interface RunScopeFieldsProps {
  readonly choice: RunChoice;
  readonly lists: Fetched<readonly InclusionList[]>;
  /** The saved ones: a run knows no others. */
  readonly mappings: readonly MappingView[];
  readonly onChange: (choice: RunChoice) => void;
  /** While somebody is typing. */
  readonly onTyping: (choice: RunChoice) => void;
}

const OBJECT_OPTIONS = [
  { label: 'Leads', value: 'Lead' },
  { label: 'Contacts', value: 'Contact' },
] as const;

export function RunScopeFields(props: RunScopeFieldsProps): ReactElement | null {
  const { choice, onChange, onTyping } = props;
  switch (choice.what) {
    case 'importCampaign':
      return (
        <Input
          name="run-campaign"
          label="Campaign id"
          description="From the address of the campaign in Salesforce; it starts with 701."
          required
          onInput={(campaignId) => {
            onTyping({ ...choice, campaignId });
          }}
          onChange={(campaignId) => {
            onChange({ ...choice, campaignId });
          }}
        />
      );
    case 'importCondition':
      return (
        <>
          <Select
            name="run-object"
            label="Whose condition"
            value={choice.object}
            options={[...OBJECT_OPTIONS]}
            onChange={(value) => {
              onChange({ ...choice, object: value === 'Contact' ? 'Contact' : 'Lead' });
            }}
          />
          <TextArea
            name="run-condition"
            label="Condition"
            description="SOQL as it stands after WHERE, such as Status = 'Open' AND City = 'Bonn'."
            required
            onInput={(condition) => {
              onTyping({ ...choice, condition });
            }}
            onChange={(condition) => {
              onChange({ ...choice, condition });
            }}
          />
        </>
      );
    case 'list':
      return <ListField {...props} />;
    case 'backfill':
      return (
        <Select
          name="run-mapping"
          label="Mapping"
          description="Save a new mapping first: a run goes by what is saved."
          required
          value={choice.hubspotProperty}
          options={props.mappings
            .filter(({ rule }) => rule !== 'off')
            .map(({ hubspotLabel, hubspotProperty }) => ({
              label: `${hubspotLabel} (${hubspotProperty})`,
              value: hubspotProperty,
            }))}
          onChange={(value) => {
            onChange({ ...choice, hubspotProperty: String(value) });
          }}
        />
      );
    case 'retry':
      return (
        <MultiSelect
          name="run-categories"
          label="Reasons"
          description="None chosen: every error, and whoever waits for another try."
          value={[...choice.categories]}
          options={CATEGORY_OPTIONS}
          onChange={(values) => {
            onChange({ ...choice, categories: categoriesFrom(values) });
          }}
        />
      );
    case 'importAll':
    case 'importLeads':
    case 'importContacts':
    case 'push':
    case 'everything':
    case 'reconcile':
      return null;
  }
}

function ListField({ choice, lists, onChange }: RunScopeFieldsProps): ReactElement {
  if (lists.value === undefined) {
    return lists.error === null ? (
      <LoadingSpinner label="Loading the segments" showLabel />
    ) : (
      <ErrorNotice
        title="The segments could not be loaded"
        error={apiErrorOf(lists.error)}
        retry={{ running: lists.isFetching, onRetry: lists.refetch }}
      />
    );
  }
  if (lists.value.length === 0) return <Text>HubSpot has no segments of contacts.</Text>;
  return (
    <Select
      name="run-list"
      label="Segment"
      required
      value={choice.listId}
      options={lists.value.map(({ id, name, size }) => ({
        label: `${name} · ${new Intl.NumberFormat('en').format(size)}`,
        value: id,
      }))}
      onChange={(value) => {
        onChange({ ...choice, listId: String(value) });
      }}
    />
  );
}
