// The choice of a list for one part: who sends, who receives, who never syncs; with what is risky about it.
import { Alert, Flex, Select } from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';
import type { InclusionList } from '../../../src/api/contract.ts';

const people = (count: number): string =>
  `${new Intl.NumberFormat('en').format(count)} ${count === 1 ? 'contact' : 'contacts'}`;

function optionOf({ id, name, size, dynamic }: InclusionList): { label: string; value: string } {
  const kind = dynamic ? 'active' : '⚠ static: changes only by hand';
  return { label: `${name} · ${people(size)} · ${kind}`, value: id };
}

export interface ListChoiceProps {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  /** Choices that are no list; their values must not look like an id. */
  readonly others: readonly { readonly label: string; readonly value: string }[];
  /** A list's id, or the value of another choice. */
  readonly value: string;
  readonly lists: readonly InclusionList[];
  /** Offer static lists too. */
  readonly withStatic: boolean;
  readonly readOnly: boolean;
  readonly onValue: (value: string) => void;
}

export function ListChoice(props: ListChoiceProps): ReactElement {
  const { lists, value, others, withStatic, onValue } = props;
  const isOther = others.some((other) => other.value === value);
  const chosen = lists.find(({ id }) => id === value) ?? null;
  const isMissing = !isOther && chosen === null;
  // Active segments, which follow what happens to a contact; static ones when asked for, or chosen already.
  const offered = lists.filter(({ id, dynamic }) => dynamic || withStatic || id === value);
  return (
    <Flex direction="column" gap="small">
      <Select
        name={props.name}
        label={props.label}
        description={props.description}
        readOnly={props.readOnly}
        value={value}
        options={[
          ...others,
          ...(isMissing ? [{ label: `Segment ${value} · not found`, value }] : []),
          ...offered.map(optionOf),
        ]}
        onChange={(next) => {
          onValue(String(next));
        }}
      />
      {isMissing && (
        <Alert title="This segment is not there any more" variant="danger">
          {`HubSpot has no segment ${value} for contacts, so nothing is sent for anybody. Choose another one.`}
        </Alert>
      )}
      {chosen?.warning && (
        <Alert title="This segment changes only by hand" variant="warning">
          {`${chosen.warning.sentence} HubSpot’s own connector takes active segments only; an active one is the safer choice here too.`}
        </Alert>
      )}
    </Flex>
  );
}
