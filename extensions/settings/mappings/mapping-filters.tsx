// What the table of mappings shows: words, kind, rule, problem, and the order.
import { Flex, SearchInput, Select } from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';
import { RULE_OPTIONS, ruleFrom } from '../../ui/sync-rules.ts';
import type { MappingListing } from './mapping-list.ts';

const ANY = 'any';
const KINDS = [
  { label: 'Default and custom', value: 'all' },
  { label: 'Default', value: 'default' },
  { label: 'Custom', value: 'custom' },
] as const;
const PROBLEMS = [
  { label: 'Whatever the status', value: 'all' },
  { label: 'With a problem', value: 'some' },
  { label: 'OK', value: 'none' },
] as const;
const RULES = [{ label: 'Any rule', value: ANY }, ...RULE_OPTIONS];

export interface MappingFiltersProps {
  readonly listing: MappingListing;
  readonly onListing: (listing: MappingListing) => void;
}

export function MappingFilters({ listing, onListing }: MappingFiltersProps): ReactElement {
  const search = (text: string): void => {
    onListing({ ...listing, search: text });
  };
  return (
    <Flex direction="row" gap="small" align="end" wrap>
      <SearchInput
        name="mapping-search"
        label="Search mappings"
        placeholder="Label, name or rule"
        onInput={search}
        onChange={search}
      />
      <Select
        name="mapping-kind"
        label="Kind"
        value={listing.kind}
        options={[...KINDS]}
        onChange={(value) => {
          const kind = KINDS.find((each) => each.value === value)?.value ?? 'all';
          onListing({ ...listing, kind });
        }}
      />
      <Select
        name="mapping-rule"
        label="Rule"
        value={listing.rule ?? ANY}
        options={RULES}
        onChange={(value) => {
          onListing({ ...listing, rule: ruleFrom(value) });
        }}
      />
      <Select
        name="mapping-problem"
        label="Status"
        value={listing.problem}
        options={[...PROBLEMS]}
        onChange={(value) => {
          const problem = PROBLEMS.find((each) => each.value === value)?.value ?? 'all';
          onListing({ ...listing, problem });
        }}
      />
    </Flex>
  );
}
