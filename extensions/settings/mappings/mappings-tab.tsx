// The tab "Field mappings": searching, filtering, adding, changing many at once, text in and out, and the table.
import { Alert, Flex, Text } from '@hubspot/ui-extensions';
import { memo, useDeferredValue, useMemo, useState } from 'react';
import type { ReactElement } from 'react';
import type { MappingView } from '../../../src/api/contract.ts';
import { apiErrorOf } from '../../ui/call-tandem.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { putMapping } from '../draft.ts';
import type { MappingChoices, SettingsDraft } from '../draft.ts';
import type { Fetched } from '../../ui/fetched.ts';
import { BulkRuleBar } from './bulk-rule-bar.tsx';
import { ExportMappingsButton } from './export-mappings-button.tsx';
import { ImportMappingsButton } from './import-mappings-button.tsx';
import { setRules } from './mapping-edits.ts';
import { MappingFilters } from './mapping-filters.tsx';
import { MappingFormButton } from './mapping-form-button.tsx';
import { filteredMappings, FIRST_LISTING, idOf, sortedMappings } from './mapping-list.ts';
import { MappingTable } from './mapping-table.tsx';
import { useDraftEdits } from './use-draft-edits.ts';

export interface MappingsTabProps {
  readonly draft: SettingsDraft;
  readonly choices: Fetched<MappingChoices>;
  readonly readOnly: boolean;
  readonly onDraft: (draft: SettingsDraft) => void;
  readonly closeOverlay: (id: string) => void;
  readonly copyText: (text: string) => Promise<void>;
}

function countsInWords(mappings: readonly MappingView[], shown: number): string {
  const custom = mappings.filter(({ kind }) => kind === 'custom').length;
  const all = `${mappings.length - custom} default mappings, which can’t be removed, and ${custom} custom.`;
  return shown === mappings.length ? all : `${shown} of ${mappings.length} shown. ${all}`;
}

const MOST_NAMED = 10;

const ProblemsNote = memo(function ProblemsNote({
  mappings,
}: {
  readonly mappings: readonly MappingView[];
}): ReactElement | null {
  const broken = mappings.filter(({ problem }) => problem?.severity === 'error');
  if (broken.length === 0) return null;
  const names = broken.slice(0, MOST_NAMED).map(({ hubspotLabel }) => hubspotLabel);
  const more = broken.length - names.length;
  return (
    <Alert
      title={
        broken.length === 1
          ? '1 mapping is not syncing'
          : `${broken.length} mappings are not syncing`
      }
      variant="warning"
    >
      {`${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}: see the status in the table. All other fields sync.`}
    </Alert>
  );
});

const NOBODY: ReadonlySet<string> = new Set();

export function MappingsTab(props: MappingsTabProps): ReactElement {
  const { draft, choices, readOnly, onDraft, closeOverlay, copyText } = props;
  const { mappings } = draft;
  const [listing, setListing] = useState(FIRST_LISTING);
  const [selected, setSelected] = useState(NOBODY);
  // What is typed is there at once; the table follows when there is time.
  const wanted = useDeferredValue(listing);
  const sorted = useMemo(
    () => sortedMappings(mappings, { sortBy: wanted.sortBy, descending: wanted.descending }),
    [mappings, wanted.sortBy, wanted.descending],
  );
  const shown = useMemo(() => filteredMappings(sorted, wanted), [sorted, wanted]);
  const edits = useDraftEdits(draft, onDraft);
  const offered = choices.value ?? null;
  const selectable = useMemo(() => shown.filter(({ ruleLocked }) => !ruleLocked), [shown]);
  return (
    <Flex direction="column" gap="medium">
      <Text>
        Each mapping ties one HubSpot contact property to one Salesforce lead field, one contact
        field, or both. Its sync rule says which side wins.
      </Text>
      <MappingFilters listing={listing} onListing={setListing} />
      <Flex direction="row" gap="small" align="center" wrap>
        {!readOnly && (
          <MappingFormButton
            label="Add mapping"
            variant="primary"
            choices={offered}
            mappings={edits.mappings}
            editing={null}
            onDone={(mapping) => {
              onDraft(putMapping(draft, mapping, null));
            }}
            closeOverlay={closeOverlay}
          />
        )}
        {!readOnly && <ExportMappingsButton mappings={mappings} copyText={copyText} />}
        {!readOnly && (
          <ImportMappingsButton draft={draft} onDraft={onDraft} closeOverlay={closeOverlay} />
        )}
      </Flex>
      {choices.error !== null && (
        <ErrorNotice
          title="Mappings cannot be added or edited now"
          error={apiErrorOf(choices.error)}
          retry={{ running: choices.isFetching, onRetry: choices.refetch }}
        />
      )}
      <ProblemsNote mappings={mappings} />
      {!readOnly && (
        <BulkRuleBar
          selected={selected.size}
          selectable={selectable.length}
          onSelectAll={() => {
            setSelected(new Set(selectable.map(idOf)));
          }}
          onSelectNone={() => {
            setSelected(NOBODY);
          }}
          onRule={(rule) => {
            onDraft(setRules(draft, selected, rule));
            setSelected(NOBODY);
          }}
        />
      )}
      <Text variant="microcopy">{countsInWords(mappings, shown.length)}</Text>
      <MappingTable
        shown={shown}
        choices={offered}
        readOnly={readOnly}
        listing={wanted}
        selected={selected}
        edits={edits}
        onListing={setListing}
        onSelected={setSelected}
        closeOverlay={closeOverlay}
      />
    </Flex>
  );
}
