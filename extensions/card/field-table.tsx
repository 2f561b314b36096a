// Every mapped field on both sides, its sync rule and what the next sync will do with it; with a search box and
// a switch for the differences alone.
import {
  EmptyState,
  Flex,
  SearchInput,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
  Tag,
  Text,
  Toggle,
} from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { ReactElement } from 'react';
import type { FieldView } from '../../src/api/contract.ts';
import { PagedTable } from '../ui/paged-table.tsx';
import { usePages } from '../ui/use-pages.ts';
import { ValueText } from '../ui/value-text.tsx';
import type { CardTools } from './card-tools.ts';
import { FieldFix } from './field-fix.tsx';
import { differencesInWords, differs, filterFields, nextStep } from './next-steps.ts';

const PAGE_SIZE = 30;

interface FieldRowProps extends Pick<FieldTableProps, 'tools' | 'place'> {
  readonly field: FieldView;
}

function FieldRow({ field, tools, place }: FieldRowProps): ReactElement {
  const step = nextStep(field);
  return (
    <TableRow>
      <TableCell>
        <Text format={{ fontWeight: 'demibold' }}>{field.hubspotLabel}</Text>
        {field.salesforceLabel !== null && (
          <Text variant="microcopy">{`Salesforce: ${field.salesforceLabel}`}</Text>
        )}
      </TableCell>
      <TableCell>
        <ValueText value={field.hubspotValue} />
      </TableCell>
      <TableCell>
        <ValueText value={field.salesforceValue} />
      </TableCell>
      <TableCell>
        {differs(field) ? (
          <Tag variant={step.variant}>{step.label}</Tag>
        ) : (
          <Text variant="microcopy">{step.label}</Text>
        )}
        <FieldFix field={field} tools={tools} place={place} />
      </TableCell>
      <TableCell>{field.ruleLabel}</TableCell>
    </TableRow>
  );
}

export interface FieldTableProps {
  readonly fields: readonly FieldView[];
  readonly tools: CardTools;
  /** Tells the dialogs of this table from those of other places. */
  readonly place: string;
}

export function FieldTable({ fields, tools, place }: FieldTableProps): ReactElement {
  const [search, setSearch] = useState('');
  const [onlyDifferences, setOnlyDifferences] = useState(false);
  const shown = filterFields(fields, { search, onlyDifferences });
  const pages = usePages(shown, PAGE_SIZE);
  return (
    <Flex direction="column" gap="small">
      <Flex direction="row" gap="medium" align="end" justify="between" wrap>
        <SearchInput
          name="field-search"
          label="Search fields and values"
          placeholder="Label, name or value"
          onInput={setSearch}
          onChange={setSearch}
        />
        <Toggle
          name="only-differences"
          label="Only differences"
          size="sm"
          checked={onlyDifferences}
          onChange={setOnlyDifferences}
        />
      </Flex>
      <Text variant="microcopy">{differencesInWords(fields)}</Text>
      {shown.length === 0 ? (
        <EmptyState title="No fields to show" flush imageWidth={120}>
          <Text>
            {search === ''
              ? 'Both sides agree on every mapped field.'
              : 'No field has these words in its name or its values.'}
          </Text>
        </EmptyState>
      ) : (
        <PagedTable pages={pages}>
          <TableHead>
            <TableRow>
              <TableHeader>Field</TableHeader>
              <TableHeader>HubSpot</TableHeader>
              <TableHeader>Salesforce</TableHeader>
              <TableHeader width={190}>Next sync</TableHeader>
              <TableHeader width={120}>Sync rule</TableHeader>
            </TableRow>
          </TableHead>
          <TableBody>
            {pages.rows.map((field) => (
              <FieldRow key={field.hubspotProperty} field={field} tools={tools} place={place} />
            ))}
          </TableBody>
        </PagedTable>
      )}
    </Flex>
  );
}
