// What the integration user may do with every mapped field: those that need something stand open, with what to do.
import {
  Accordion,
  Flex,
  StatusTag,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
  Text,
} from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';
import type { FieldCheck } from '../../../src/api/contract.ts';
import { PagedTable } from '../../ui/paged-table.tsx';
import { usePages } from '../../ui/use-pages.ts';
import { CHECK_TAGS } from './check-states.ts';

const PAGE_SIZE = 10;

const ACCESS: Readonly<Record<FieldCheck['access'], string>> = {
  none: 'Nothing',
  read: 'Read',
  edit: 'Read and edit',
};

export function FieldAccess({ fields }: { readonly fields: readonly FieldCheck[] }): ReactElement {
  const needing = fields.filter(({ state }) => state !== 'ok');
  return (
    <Flex direction="column" gap="small">
      {needing.length === 0 ? (
        <Text>
          {`The integration user may do with all ${fields.length} mapped fields what their rules need.`}
        </Text>
      ) : (
        <FieldTable fields={needing} />
      )}
      <Accordion title={`All ${fields.length} mapped fields`} size="small">
        <FieldTable fields={fields} />
      </Accordion>
    </Flex>
  );
}

function FieldTable({ fields }: { readonly fields: readonly FieldCheck[] }): ReactElement {
  const pages = usePages(fields, PAGE_SIZE);
  return (
    <PagedTable pages={pages}>
      <TableHead>
        <TableRow>
          <TableHeader>Field</TableHeader>
          <TableHeader width={130}>Tandem may</TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {pages.rows.map((field) => (
          <TableRow key={`${field.object}.${field.field}`}>
            <TableCell>
              <Text format={{ fontWeight: 'demibold' }}>{field.label}</Text>
              <Text variant="microcopy">
                {`${field.object}.${field.field}, in HubSpot ${field.property}`}
              </Text>
              {field.state !== 'ok' && <Text>{field.sentence}</Text>}
              {field.fix !== null && <Text variant="microcopy">{field.fix}</Text>}
            </TableCell>
            <TableCell>
              <StatusTag variant={CHECK_TAGS[field.state].variant}>
                {ACCESS[field.access]}
              </StatusTag>
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </PagedTable>
  );
}
