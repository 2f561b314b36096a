// The tab "Inclusion list": whose records sync at all, and what that means (native-connector §5).
import { Alert, Checkbox, Flex, List, LoadingSpinner, Select, Text } from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { ReactElement } from 'react';
import type { InclusionList } from '../../src/api/contract.ts';
import { apiErrorOf } from '../ui/call-tandem.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import type { Fetched } from './use-settings.ts';

const EVERYONE = '';

const people = (count: number): string =>
  `${new Intl.NumberFormat('en').format(count)} ${count === 1 ? 'contact' : 'contacts'}`;

function optionOf({ id, name, size, dynamic }: InclusionList): { label: string; value: string } {
  const kind = dynamic ? 'active' : '⚠ static: changes only by hand';
  return { label: `${name} · ${people(size)} · ${kind}`, value: id };
}

export interface InclusionTabProps {
  readonly listId: string | null;
  readonly lists: Fetched<readonly InclusionList[]>;
  readonly readOnly: boolean;
  readonly onListId: (listId: string | null) => void;
}

function Meaning({ chosen }: { readonly chosen: InclusionList | null }): ReactElement {
  if (chosen === null) {
    return (
      <Text>
        Every HubSpot contact with an e-mail address syncs with Salesforce, and every lead and
        contact that Tandem may see in Salesforce syncs with HubSpot.
      </Text>
    );
  }
  return (
    <List variant="unordered">
      <Text>{`Only members of “${chosen.name}” sync, in either direction.`}</Text>
      <Text>
        Choosing it syncs nobody by itself: a member goes along when it changes next, or with Sync
        now.
      </Text>
      <Text>
        Who leaves the segment stays as it is on both sides, and nothing more is sent until it comes
        back.
      </Text>
      <Text>
        New Salesforce leads and contacts still become HubSpot contacts, if creating them is turned
        on; nothing more is sent until they are in the segment.
      </Text>
      <Text>Opting out of e-mail isn’t passed on either while a contact is outside.</Text>
    </List>
  );
}

function ListWarning({
  listId,
  chosen,
}: {
  readonly listId: string | null;
  readonly chosen: InclusionList | null;
}): ReactElement | null {
  if (listId !== null && chosen === null) {
    return (
      <Alert title="This segment is not there any more" variant="danger">
        {`HubSpot has no segment ${listId} for contacts, so nothing is sent for anybody. Choose another one.`}
      </Alert>
    );
  }
  if (chosen?.warning) {
    return (
      <Alert title="This segment changes only by hand" variant="warning">
        {`${chosen.warning.sentence} HubSpot’s own connector takes active segments only; an active one is the safer choice here too.`}
      </Alert>
    );
  }
  return null;
}

/** Active segments, which follow what happens to a contact; static ones when asked for, or chosen already. */
const offeredOf = (
  lists: readonly InclusionList[],
  listId: string | null,
  withStatic: boolean,
): readonly InclusionList[] =>
  lists.filter(({ id, dynamic }) => dynamic || withStatic || id === listId);

export function InclusionTab(props: InclusionTabProps): ReactElement {
  const { listId, lists, readOnly, onListId } = props;
  const [withStatic, setWithStatic] = useState(false);
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
  const chosen = lists.value.find(({ id }) => id === listId) ?? null;
  const missing =
    listId !== null && chosen === null
      ? [{ label: `Segment ${listId} · not found`, value: listId }]
      : [];
  return (
    <Flex direction="column" gap="medium">
      <Select
        name="inclusion-list"
        label="Inclusion list (segment)"
        description="The HubSpot segment whose members sync with Salesforce."
        readOnly={readOnly}
        value={listId ?? EVERYONE}
        options={[
          { label: 'Everyone (no list)', value: EVERYONE },
          ...missing,
          ...offeredOf(lists.value, listId, withStatic).map(optionOf),
        ]}
        onChange={(value) => {
          onListId(value === EVERYONE ? null : String(value));
        }}
      />
      {lists.value.some(({ dynamic }) => !dynamic) && (
        <Checkbox
          name="with-static-lists"
          readOnly={readOnly}
          checked={withStatic}
          onChange={setWithStatic}
        >
          Offer static segments too, which change only by hand
        </Checkbox>
      )}
      <ListWarning listId={listId} chosen={chosen} />
      {(listId === null || chosen !== null) && <Meaning chosen={chosen} />}
    </Flex>
  );
}
