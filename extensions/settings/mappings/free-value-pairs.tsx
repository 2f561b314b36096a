// A value map where one side is free text: pairs are entered one by one, the side that has options is chosen from.
import {
  Button,
  Flex,
  Input,
  Select,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { ReactElement } from 'react';
import type { ValueOption } from '../../../src/api/contract.ts';
import { PagedTable } from '../../ui/paged-table.tsx';
import { usePages } from '../../ui/use-pages.ts';
import type { ValueMap } from './value-matching.ts';

export interface FreeValuePairsProps {
  readonly map: ValueMap;
  /** Null: free text. */
  readonly hubspot: readonly ValueOption[] | null;
  readonly salesforce: readonly ValueOption[] | null;
  readonly onMap: (map: ValueMap) => void;
}

const PAGE_SIZE = 15;
const NO_PAIR = { hubspot: '', salesforce: '' };

export function FreeValuePairs(props: FreeValuePairsProps): ReactElement {
  const { map, hubspot, salesforce, onMap } = props;
  const [pair, setPair] = useState(NO_PAIR);
  // A text field is emptied by starting it afresh.
  const [round, setRound] = useState(0);
  const pages = usePages(map, PAGE_SIZE);
  const isComplete = pair.hubspot.trim() !== '' && pair.salesforce !== '';
  return (
    <Flex direction="column" gap="small">
      <Flex direction="row" gap="small" align="end" wrap>
        <OneValue
          key={`hubspot ${round}`}
          name="pair-hubspot"
          label="HubSpot value"
          options={hubspot}
          value={pair.hubspot}
          onValue={(value) => {
            setPair({ ...pair, hubspot: value });
          }}
        />
        <OneValue
          key={`salesforce ${round}`}
          name="pair-salesforce"
          label="Salesforce value"
          options={salesforce}
          value={pair.salesforce}
          onValue={(value) => {
            setPair({ ...pair, salesforce: value });
          }}
        />
        <Button
          size="sm"
          disabled={!isComplete}
          onClick={() => {
            onMap([
              ...map.filter((each) => each.hubspot !== pair.hubspot.trim()),
              { hubspot: pair.hubspot.trim(), salesforce: pair.salesforce.trim() },
            ]);
            setPair(NO_PAIR);
            setRound(round + 1);
          }}
        >
          Add pair
        </Button>
      </Flex>
      {map.length > 0 && (
        <PagedTable pages={pages}>
          <TableHead>
            <TableRow>
              <TableHeader>HubSpot value</TableHeader>
              <TableHeader>Salesforce value</TableHeader>
              <TableHeader>Remove</TableHeader>
            </TableRow>
          </TableHead>
          <TableBody>
            {pages.rows.map((each) => (
              <TableRow key={`${each.hubspot}=${each.salesforce}`}>
                <TableCell>{each.hubspot}</TableCell>
                <TableCell>{each.salesforce}</TableCell>
                <TableCell>
                  <Button
                    size="xs"
                    variant="transparent"
                    onClick={() => {
                      onMap(map.filter((other) => other !== each));
                    }}
                  >
                    Remove
                  </Button>
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </PagedTable>
      )}
    </Flex>
  );
}

interface OneValueProps {
  readonly name: string;
  readonly label: string;
  readonly options: readonly ValueOption[] | null;
  readonly value: string;
  readonly onValue: (value: string) => void;
}

function OneValue({ name, label, options, value, onValue }: OneValueProps): ReactElement {
  if (options === null) {
    return <Input name={name} label={label} value={value} onInput={onValue} onChange={onValue} />;
  }
  return (
    <Select
      name={name}
      label={label}
      placeholder="Choose a value"
      value={value}
      options={options.map((option) => ({ label: option.label, value: option.value }))}
      onChange={(chosen) => {
        onValue(String(chosen));
      }}
    />
  );
}
