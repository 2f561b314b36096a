// Both lists of options side by side: what each HubSpot value is sent as, and what Salesforce values that nothing is
// sent as mean in HubSpot.
import {
  Select,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
  Text,
} from '@hubspot/ui-extensions';
import { useMemo } from 'react';
import type { ReactElement } from 'react';
import type { ValueOption } from '../../../src/api/contract.ts';
import { PagedTable } from '../../ui/paged-table.tsx';
import { usePages } from '../../ui/use-pages.ts';
import {
  isSameByItself,
  onlyInSalesforce,
  partnerOf,
  withMeaning,
  withPartner,
} from './value-matching.ts';
import type { ValueMap } from './value-matching.ts';

export interface ValuePairTableProps {
  readonly map: ValueMap;
  readonly hubspot: readonly ValueOption[];
  readonly salesforce: readonly ValueOption[];
  readonly onMap: (map: ValueMap) => void;
}

const PAGE_SIZE = 15;
const NOTHING = '';

const choices = (options: readonly ValueOption[], nothing: string) => [
  { label: nothing, value: NOTHING },
  ...options.map(({ value, label }) => ({
    value,
    label: label === value ? label : `${label} (${value})`,
  })),
];
const chosen = (value: unknown): string | null =>
  typeof value === 'string' && value !== NOTHING ? value : null;

interface Row {
  readonly side: 'hubspot' | 'salesforce';
  readonly option: ValueOption;
}

export function ValuePairTable(props: ValuePairTableProps): ReactElement {
  const { map, hubspot, salesforce, onMap } = props;
  const rows: readonly Row[] = [
    ...hubspot.map((option) => ({ side: 'hubspot', option }) as const),
    ...onlyInSalesforce(map, hubspot, salesforce).map(
      (option) => ({ side: 'salesforce', option }) as const,
    ),
  ];
  const pages = usePages(rows, PAGE_SIZE);
  const lists = useMemo(
    () => ({
      sameInSalesforce: choices(salesforce, 'The one of the same name'),
      noneInSalesforce: choices(salesforce, 'None: left out'),
      noneInHubSpot: choices(hubspot, 'None: left out'),
    }),
    [hubspot, salesforce],
  );
  return (
    <PagedTable pages={pages}>
      <TableHead>
        <TableRow>
          <TableHeader>HubSpot value</TableHeader>
          <TableHeader>Salesforce value</TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {pages.rows.map(({ side, option }) =>
          side === 'hubspot' ? (
            <TableRow key={`hubspot ${option.value}`}>
              <TableCell>
                <Named option={option} />
              </TableCell>
              <TableCell>
                <Select
                  name={`sent-as-${option.value}`}
                  variant="transparent"
                  value={partnerOf(map, option.value) ?? NOTHING}
                  options={
                    isSameByItself(option, salesforce)
                      ? lists.sameInSalesforce
                      : lists.noneInSalesforce
                  }
                  onChange={(value) => {
                    onMap(withPartner(map, option.value, chosen(value)));
                  }}
                />
              </TableCell>
            </TableRow>
          ) : (
            <TableRow key={`salesforce ${option.value}`}>
              <TableCell>
                <Select
                  name={`read-as-${option.value}`}
                  variant="transparent"
                  value={map.find((pair) => pair.salesforce === option.value)?.hubspot ?? NOTHING}
                  options={lists.noneInHubSpot}
                  onChange={(value) => {
                    onMap(withMeaning(map, option.value, chosen(value)));
                  }}
                />
              </TableCell>
              <TableCell>
                <Named option={option} />
              </TableCell>
            </TableRow>
          ),
        )}
      </TableBody>
    </PagedTable>
  );
}

function Named({ option }: { readonly option: ValueOption }): ReactElement {
  return (
    <>
      <Text>{option.label}</Text>
      {option.label !== option.value && <Text variant="microcopy">{option.value}</Text>}
    </>
  );
}
