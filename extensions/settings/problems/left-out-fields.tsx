// Fields that are left out of records that sync otherwise: which mapping, why, and of whom.
import {
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
  Text,
} from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';
import type { LeftOutField } from '../../../src/api/contract.ts';
import { PagedTable } from '../../ui/paged-table.tsx';
import { ReasonNote } from '../../ui/reason-note.tsx';
import { usePages } from '../../ui/use-pages.ts';
import { ProblemRecordsButton } from './problem-records-button.tsx';
import type { ProblemRecordsProps } from './problem-records.tsx';
import { recordsInWords } from './problem-words.ts';

const PAGE_SIZE = 10;

export interface LeftOutFieldsProps extends Omit<ProblemRecordsProps, 'which'> {
  readonly fields: readonly LeftOutField[];
}

export function LeftOutFields({ fields, ...records }: LeftOutFieldsProps): ReactElement {
  const pages = usePages(fields, PAGE_SIZE);
  return (
    <PagedTable pages={pages}>
      <TableHead>
        <TableRow>
          <TableHeader>Field</TableHeader>
          <TableHeader>Why it is left out</TableHeader>
          <TableHeader width="min">Of whom</TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {pages.rows.map((field) => (
          <TableRow key={`${field.mapping}~${field.code}`}>
            <TableCell>
              <Text>{field.hubspotLabel}</Text>
              <Text variant="microcopy">{`${field.hubspotProperty}, in Salesforce ${field.salesforceLabel}`}</Text>
            </TableCell>
            <TableCell>
              {field.isExample && <Text variant="microcopy">For example:</Text>}
              <ReasonNote reason={field.reason} />
            </TableCell>
            <TableCell>
              <ProblemRecordsButton
                {...records}
                which={{ of: 'field', mapping: field.mapping, code: field.code }}
                title={`${field.hubspotLabel} is left out`}
                name={`${field.mapping}-${field.code}`}
              >
                {recordsInWords(field.count)}
              </ProblemRecordsButton>
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </PagedTable>
  );
}
