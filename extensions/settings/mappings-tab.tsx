// The tab "Field mappings": search, add, and the table.
import { Alert, Flex, SearchInput, Text } from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { ReactElement } from 'react';
import type { MappingView } from '../../src/api/contract.ts';
import { apiErrorOf } from '../ui/call-tandem.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { putMapping, removeMapping, setRule } from './draft.ts';
import type { MappingChoices, SettingsDraft } from './draft.ts';
import { MappingFormButton } from './mapping-form-button.tsx';
import { searchMappings } from './mapping-search.ts';
import { MappingTable } from './mapping-table.tsx';
import type { Fetched } from './use-settings.ts';

export interface MappingsTabProps {
  readonly draft: SettingsDraft;
  readonly choices: Fetched<MappingChoices>;
  readonly readOnly: boolean;
  readonly onDraft: (draft: SettingsDraft) => void;
  readonly closeOverlay: (id: string) => void;
}

function countsInWords(mappings: readonly MappingView[]): string {
  const custom = mappings.filter(({ kind }) => kind === 'custom').length;
  return `${mappings.length - custom} default mappings, which can’t be removed, and ${custom} custom.`;
}

function ProblemsNote({
  mappings,
}: {
  readonly mappings: readonly MappingView[];
}): ReactElement | null {
  const broken = mappings.filter(({ problem }) => problem?.severity === 'error');
  if (broken.length === 0) return null;
  const names = broken.map(({ hubspotLabel }) => hubspotLabel).join(', ');
  return (
    <Alert
      title={
        broken.length === 1
          ? '1 mapping is not syncing'
          : `${broken.length} mappings are not syncing`
      }
      variant="warning"
    >
      {`${names}: see the status in the table. All other fields sync.`}
    </Alert>
  );
}

export function MappingsTab(props: MappingsTabProps): ReactElement {
  const { draft, choices, readOnly, onDraft, closeOverlay } = props;
  const [search, setSearch] = useState('');
  const offered = choices.value ?? null;
  return (
    <Flex direction="column" gap="medium">
      <Text>
        Each mapping ties one HubSpot contact property to one Salesforce lead field, one contact
        field, or both. Its sync rule says which side wins.
      </Text>
      <Flex direction="row" gap="medium" align="end" justify="between" wrap>
        <SearchInput
          name="mapping-search"
          label="Search mappings"
          placeholder="Label, name or rule"
          onInput={setSearch}
          onChange={setSearch}
        />
        {!readOnly && (
          <MappingFormButton
            label="Add mapping"
            variant="primary"
            choices={offered}
            mappings={draft.mappings}
            editing={null}
            onDone={(mapping) => {
              onDraft(putMapping(draft, mapping, null));
            }}
            closeOverlay={closeOverlay}
          />
        )}
      </Flex>
      {choices.error !== null && (
        <ErrorNotice
          title="Mappings cannot be added or edited now"
          error={apiErrorOf(choices.error)}
          retry={{ running: choices.isFetching, onRetry: choices.refetch }}
        />
      )}
      <ProblemsNote mappings={draft.mappings} />
      <Text variant="microcopy">{countsInWords(draft.mappings)}</Text>
      <MappingTable
        shown={searchMappings(draft.mappings, search)}
        mappings={draft.mappings}
        choices={offered}
        readOnly={readOnly}
        onRule={(hubspotProperty, rule) => {
          onDraft(setRule(draft, hubspotProperty, rule));
        }}
        onChange={(mapping, replaced) => {
          onDraft(putMapping(draft, mapping, replaced));
        }}
        onRemove={(hubspotProperty) => {
          onDraft(removeMapping(draft, hubspotProperty));
        }}
        closeOverlay={closeOverlay}
      />
    </Flex>
  );
}
