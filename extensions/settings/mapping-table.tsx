// The field mappings in force, with the ones that are being added or changed: default ones are locked, of custom
// ones everything can be changed.
import {
  EmptyState,
  Flex,
  Select,
  StatusTag,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
  Tag,
  Text,
} from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';
import type { MappingView } from '../../src/api/contract.ts';
import { PagedTable } from '../ui/paged-table.tsx';
import { RULE_OPTIONS, explanationOf, ruleFrom } from '../ui/sync-rules.ts';
import type { ChoosableRule } from '../ui/sync-rules.ts';
import { usePages } from '../ui/use-pages.ts';
import type { MappingChoices } from './draft.ts';
import { MappingFormButton } from './mapping-form-button.tsx';
import { RemoveMappingButton } from './remove-mapping-button.tsx';

const PAGE_SIZE = 30;

export interface MappingTableProps {
  /** The ones to show. */
  readonly shown: readonly MappingView[];
  /** All of them. */
  readonly mappings: readonly MappingView[];
  readonly choices: MappingChoices | null;
  readonly readOnly: boolean;
  readonly onRule: (hubspotProperty: string, rule: ChoosableRule) => void;
  readonly onChange: (mapping: MappingView, replaced: string) => void;
  readonly onRemove: (hubspotProperty: string) => void;
  readonly closeOverlay: (id: string) => void;
}

function NamedField({
  label,
  name,
}: {
  readonly label: string | null;
  readonly name: string | null;
}): ReactElement {
  if (name === null) return <Text variant="microcopy">Not mapped</Text>;
  return (
    <>
      <Text>{label ?? name}</Text>
      <Text variant="microcopy">{name}</Text>
    </>
  );
}

function RuleCell({
  mapping,
  readOnly,
  onRule,
}: Pick<MappingTableProps, 'readOnly' | 'onRule'> & {
  readonly mapping: MappingView;
}): ReactElement {
  if (mapping.ruleLocked) {
    return (
      <>
        <Text>{mapping.ruleLabel}</Text>
        <Text variant="microcopy">{`Fixed. ${explanationOf(mapping.rule)}`}</Text>
      </>
    );
  }
  return (
    <Select
      name={`rule-${mapping.hubspotProperty}`}
      variant="transparent"
      readOnly={readOnly}
      value={mapping.rule}
      options={RULE_OPTIONS}
      onChange={(value) => {
        const rule = ruleFrom(value);
        if (rule !== null) onRule(mapping.hubspotProperty, rule);
      }}
    />
  );
}

const SEVERITIES = {
  warning: { variant: 'warning', label: 'Warning' },
  error: { variant: 'danger', label: 'Not syncing' },
} as const;

function StatusCell({ problem }: Pick<MappingView, 'problem'>): ReactElement {
  if (problem === null) return <StatusTag variant="success">OK</StatusTag>;
  const { variant, label } = SEVERITIES[problem.severity];
  return (
    <>
      <StatusTag variant={variant}>{label}</StatusTag>
      <Text variant="microcopy">{problem.sentence}</Text>
    </>
  );
}

function MappingRow({
  mapping,
  ...table
}: MappingTableProps & { readonly mapping: MappingView }): ReactElement {
  const { hubspotProperty, kind } = mapping;
  const isEditable = kind === 'custom' && !table.readOnly;
  return (
    <TableRow>
      <TableCell>
        <Text format={{ fontWeight: 'demibold' }}>{mapping.hubspotLabel}</Text>
        <Text variant="microcopy">{`${hubspotProperty} · ${mapping.hubspotType}`}</Text>
      </TableCell>
      <TableCell>
        <NamedField label={mapping.leadLabel} name={mapping.leadField} />
      </TableCell>
      <TableCell>
        <NamedField label={mapping.contactLabel} name={mapping.contactField} />
      </TableCell>
      <TableCell>
        <RuleCell mapping={mapping} readOnly={table.readOnly} onRule={table.onRule} />
      </TableCell>
      <TableCell>
        <StatusCell problem={mapping.problem} />
      </TableCell>
      <TableCell>
        <Tag variant={kind === 'custom' ? 'info' : 'default'}>
          {kind === 'custom' ? 'Custom' : 'Default'}
        </Tag>
        {isEditable && (
          <Flex direction="row" gap="extra-small">
            <MappingFormButton
              label="Edit"
              variant="transparent"
              choices={table.choices}
              mappings={table.mappings}
              editing={mapping}
              onDone={(changed) => {
                table.onChange(changed, hubspotProperty);
              }}
              closeOverlay={table.closeOverlay}
            />
            <RemoveMappingButton
              mapping={mapping}
              onRemove={() => {
                table.onRemove(hubspotProperty);
              }}
              closeOverlay={table.closeOverlay}
            />
          </Flex>
        )}
      </TableCell>
    </TableRow>
  );
}

export function MappingTable(props: MappingTableProps): ReactElement {
  const pages = usePages(props.shown, PAGE_SIZE);
  if (props.shown.length === 0) {
    return (
      <EmptyState title="No mapping found" flush imageWidth={120}>
        <Text>No mapping has these words in its property, its fields or its rule.</Text>
      </EmptyState>
    );
  }
  return (
    <PagedTable pages={pages}>
      <TableHead>
        <TableRow>
          <TableHeader>HubSpot property</TableHeader>
          <TableHeader>Lead field</TableHeader>
          <TableHeader>Contact field</TableHeader>
          <TableHeader>Sync rule</TableHeader>
          <TableHeader>Status</TableHeader>
          <TableHeader>Mapping type</TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {pages.rows.map((mapping) => (
          <MappingRow
            key={`${mapping.kind}~${mapping.hubspotProperty}`}
            {...props}
            mapping={mapping}
          />
        ))}
      </TableBody>
    </PagedTable>
  );
}
