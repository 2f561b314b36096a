// The tab "Inclusion list": whose records sync at all, in which direction, what a choice would do, and what happens to
// one person (native-connector §5).
import { AutoGrid, Checkbox, Flex, LoadingSpinner, Text } from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { ReactElement } from 'react';
import type { InclusionList } from '../../../src/api/contract.ts';
import { apiErrorOf } from '../../ui/call-tandem.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { documentOf, withPart } from '../draft.ts';
import type { SettingsDraft } from '../draft.ts';
import type { Fetched } from '../../ui/fetched.ts';
import { ConditionsSection } from './conditions-section.tsx';
import { InclusionCounts } from './inclusion-counts.tsx';
import { InclusionMeaning } from './inclusion-meaning.tsx';
import { ListChoice } from './list-choice.tsx';
import { PersonSearch } from './person-search.tsx';
import type { Inclusion } from './use-inclusion.ts';

/** No list's id: those are digits. */
const NO_LIST = '';
const MEMBERS = 'members';
const EVERYBODY = 'everybody';

export interface InclusionTabProps {
  readonly draft: SettingsDraft;
  /** Whether the draft is another than what is saved. */
  readonly hasChanges: boolean;
  /** Of the saved settings. */
  readonly version: number;
  readonly lists: Fetched<readonly InclusionList[]>;
  readonly isShown: boolean;
  readonly portal: { readonly id: number; readonly timezone: string };
  readonly readOnly: boolean;
  readonly onDraft: (draft: SettingsDraft) => void;
}

export function InclusionTab(props: InclusionTabProps): ReactElement {
  const { draft, lists, readOnly, onDraft, isShown, version } = props;
  const { inclusion } = draft.document;
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
  const change = (changes: Partial<Inclusion>): void => {
    onDraft(withPart(draft, 'inclusion', { ...inclusion, ...changes }));
  };
  return (
    <Flex direction="column" gap="medium">
      <ListChoices
        inclusion={inclusion}
        lists={lists.value}
        readOnly={readOnly}
        onChange={change}
      />
      {readOnly ? (
        <Text variant="microcopy">
          Counting ahead and explaining a person are for those who may change settings.
        </Text>
      ) : (
        areAllThere(inclusion, lists.value) && (
          <InclusionCounts inclusion={inclusion} version={version} isShown={isShown} />
        )
      )}
      {!readOnly && (
        <PersonSearch
          draft={props.hasChanges ? documentOf(draft) : null}
          version={version}
          portal={props.portal}
        />
      )}
      <ConditionsSection
        conditions={inclusion.salesforceConditions}
        version={version}
        isShown={isShown}
        readOnly={readOnly}
        onConditions={(salesforceConditions) => {
          change({ salesforceConditions });
        }}
      />
    </Flex>
  );
}

/** Of a list that is gone nothing can be counted, and nothing is promised. */
function areAllThere(
  { listId, receivers, exclusionListId }: Inclusion,
  lists: readonly InclusionList[],
): boolean {
  const receiversId = typeof receivers === 'object' ? receivers.listId : null;
  return [listId, receiversId, exclusionListId].every(
    (id) => id === null || lists.some((list) => list.id === id),
  );
}

interface ListChoicesProps {
  readonly inclusion: Inclusion;
  readonly lists: readonly InclusionList[];
  readonly readOnly: boolean;
  readonly onChange: (changes: Partial<Inclusion>) => void;
}

function ListChoices({ inclusion, lists, readOnly, onChange }: ListChoicesProps): ReactElement {
  const [withStatic, setWithStatic] = useState(false);
  const { listId, receivers, exclusionListId } = inclusion;
  const shared = { lists, withStatic, readOnly };
  const nameOf = (id: string): string | null => lists.find((list) => list.id === id)?.name ?? null;
  return (
    <Flex direction="column" gap="medium">
      <ListChoice
        {...shared}
        name="inclusion-list"
        label="Inclusion list (segment)"
        description="The HubSpot segment whose members send to Salesforce."
        others={[{ label: 'Everyone (no list)', value: NO_LIST }]}
        value={listId ?? NO_LIST}
        onValue={(value) => {
          onChange({ listId: value === NO_LIST ? null : value });
        }}
      />
      <AutoGrid columnWidth={320} flexible gap="medium">
        <ListChoice
          {...shared}
          name="receivers-list"
          label="Who receives from Salesforce"
          description="Whose contacts take over what changes in Salesforce."
          others={[
            { label: 'The same members', value: MEMBERS },
            { label: 'Everybody', value: EVERYBODY },
          ]}
          value={typeof receivers === 'object' ? receivers.listId : receivers}
          onValue={(value) => {
            onChange({
              receivers: value === MEMBERS || value === EVERYBODY ? value : { listId: value },
            });
          }}
        />
        <ListChoice
          {...shared}
          name="exclusion-list"
          label="Who never syncs (exclusion segment)"
          description="Left alone in both directions, whatever else they are in."
          others={[{ label: 'Nobody is excluded', value: NO_LIST }]}
          value={exclusionListId ?? NO_LIST}
          onValue={(value) => {
            onChange({ exclusionListId: value === NO_LIST ? null : value });
          }}
        />
      </AutoGrid>
      {lists.some(({ dynamic }) => !dynamic) && (
        <Checkbox
          name="with-static-lists"
          readOnly={readOnly}
          checked={withStatic}
          onChange={setWithStatic}
        >
          Offer static segments too, which change only by hand
        </Checkbox>
      )}
      {areAllThere(inclusion, lists) && <InclusionMeaning inclusion={inclusion} nameOf={nameOf} />}
    </Flex>
  );
}
