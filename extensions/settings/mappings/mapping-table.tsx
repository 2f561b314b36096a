// The field mappings in force, with the ones that are being added or changed: a page of them at a time, in the order
// that the titles say.
import {
  EmptyState,
  TableBody,
  TableHead,
  TableHeader,
  TableRow,
  Text,
} from '@hubspot/ui-extensions';
import { memo, useCallback } from 'react';
import type { Dispatch, ReactElement, SetStateAction } from 'react';
import type { MappingView } from '../../../src/api/contract.ts';
import { PagedTable } from '../../ui/paged-table.tsx';
import { usePages } from '../../ui/use-pages.ts';
import type { MappingChoices } from '../draft.ts';
import { idOf, isFiltered } from './mapping-list.ts';
import type { MappingListing, SortBy } from './mapping-list.ts';
import { MappingRow } from './mapping-row.tsx';
import type { DraftEdits } from './use-draft-edits.ts';

const PAGE_SIZE = 20;

export interface MappingTableProps {
  /** The ones to show. */
  readonly shown: readonly MappingView[];
  readonly choices: MappingChoices | null;
  readonly readOnly: boolean;
  readonly listing: MappingListing;
  readonly selected: ReadonlySet<string>;
  readonly edits: DraftEdits;
  readonly onListing: (listing: MappingListing) => void;
  readonly onSelected: Dispatch<SetStateAction<ReadonlySet<string>>>;
  readonly closeOverlay: (id: string) => void;
}

function SortedHeader({
  by,
  listing,
  onListing,
  children,
}: Pick<MappingTableProps, 'listing' | 'onListing'> & {
  readonly by: SortBy;
  readonly children: string;
}): ReactElement {
  const isBy = listing.sortBy === by;
  return (
    <TableHeader
      sortDirection={!isBy ? 'none' : listing.descending ? 'descending' : 'ascending'}
      onSortChange={(direction) => {
        onListing({ ...listing, sortBy: by, descending: isBy && direction === 'descending' });
      }}
    >
      {children}
    </TableHeader>
  );
}

export const MappingTable = memo(function MappingTable(props: MappingTableProps): ReactElement {
  const { shown, choices, readOnly, listing, selected, edits, onListing, closeOverlay } = props;
  const pages = usePages(shown, PAGE_SIZE);
  const { onSelected } = props;
  const select = useCallback(
    (id: string, isSelected: boolean): void => {
      onSelected((before) => {
        const after = new Set(before);
        if (isSelected) after.add(id);
        else after.delete(id);
        return after;
      });
    },
    [onSelected],
  );
  if (shown.length === 0) {
    return (
      <EmptyState title="No mapping found" flush imageWidth={120}>
        <Text>
          {isFiltered(listing) && listing.search.trim() === ''
            ? 'No mapping fits what is chosen above.'
            : 'No mapping has these words in its property, its fields or its rule.'}
        </Text>
      </EmptyState>
    );
  }
  return (
    <PagedTable pages={pages}>
      <TableHead>
        <TableRow>
          {!readOnly && <TableHeader width="min">Select</TableHeader>}
          <SortedHeader by="property" listing={listing} onListing={onListing}>
            HubSpot property
          </SortedHeader>
          <TableHeader>Lead field</TableHeader>
          <TableHeader>Contact field</TableHeader>
          <SortedHeader by="rule" listing={listing} onListing={onListing}>
            Sync rule
          </SortedHeader>
          <SortedHeader by="problem" listing={listing} onListing={onListing}>
            Status
          </SortedHeader>
          <SortedHeader by="kind" listing={listing} onListing={onListing}>
            Mapping type
          </SortedHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {pages.rows.map((mapping, place) => (
          // By place: a search changes what stands in a row, which costs less than another row.
          <MappingRow
            key={place}
            mapping={mapping}
            choices={choices}
            readOnly={readOnly}
            isSelected={selected.has(idOf(mapping))}
            edits={edits}
            onSelect={select}
            closeOverlay={closeOverlay}
          />
        ))}
      </TableBody>
    </PagedTable>
  );
});
