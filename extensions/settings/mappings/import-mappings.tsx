// The text that is imported, what is wrong with it line by line, and what it would change.
import {
  Alert,
  Button,
  ButtonRow,
  Flex,
  LoadingButton,
  PanelBody,
  PanelFooter,
  PanelSection,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
  Text,
  TextArea,
} from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { ReactElement } from 'react';
import type { MappingLineError, MappingView } from '../../../src/api/contract.ts';
import { apiErrorOf } from '../../ui/call-tandem.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { PagedTable } from '../../ui/paged-table.tsx';
import { usePages } from '../../ui/use-pages.ts';
import type { SettingsDraft } from '../draft.ts';
import { importInto } from './mapping-edits.ts';
import type { ImportPlan } from './mapping-edits.ts';
import { useReadMappings } from './use-mappings.ts';

export interface ImportMappingsProps {
  readonly draft: SettingsDraft;
  readonly onTake: (draft: SettingsDraft) => void;
  readonly onCancel: () => void;
}

export function ImportMappings({ draft, onTake, onCancel }: ImportMappingsProps): ReactElement {
  const [text, setText] = useState('');
  const reading = useReadMappings();
  const plan = reading.value === undefined ? null : importInto(draft, reading.value.mappings);
  const changes = plan === null ? 0 : plan.added.length + plan.changed.length;
  const write = (changed: string): void => {
    setText(changed);
    // What was checked is another text.
    if (changed !== text) reading.reset();
  };
  return (
    <>
      <PanelBody>
        <PanelSection>
          <Flex direction="column" gap="medium">
            <Text>
              Paste CSV or JSON as Export writes it. Mappings of a property that is mapped already
              are changed, others are added, and none is removed. Nothing is saved before you save.
            </Text>
            <TextArea
              name="imported-mappings"
              label="Mappings as CSV or JSON"
              rows={8}
              value={text}
              onInput={write}
              onChange={write}
            />
            <Flex direction="row">
              <LoadingButton
                loading={reading.isDoing}
                disabled={reading.isDoing || text.trim() === ''}
                onClick={() => {
                  reading.start({ text });
                }}
              >
                Check the text
              </LoadingButton>
            </Flex>
            {reading.error !== null && (
              <ErrorNotice title="It could not be read" error={apiErrorOf(reading.error)} />
            )}
            {reading.value !== undefined && plan !== null && (
              <Outcome errors={reading.value.errors} plan={plan} />
            )}
          </Flex>
        </PanelSection>
      </PanelBody>
      <PanelFooter>
        <ButtonRow disableDropdown>
          <Button
            variant="primary"
            disabled={plan === null || changes === 0}
            onClick={() => {
              if (plan !== null) onTake(plan.draft);
            }}
          >
            {changes === 0
              ? 'Take over'
              : `Take over ${changes === 1 ? '1 mapping' : `${changes} mappings`}`}
          </Button>
          <Button onClick={onCancel}>Cancel</Button>
        </ButtonRow>
      </PanelFooter>
    </>
  );
}

const PAGE_SIZE = 15;

function Outcome({
  errors,
  plan,
}: {
  readonly errors: readonly MappingLineError[];
  readonly plan: ImportPlan;
}): ReactElement {
  const { added, changed, same, blocked } = plan;
  const wrong = [
    ...errors.map(({ line, field, value, message, fix }) => ({
      line,
      where: [field, value].filter((part) => part !== '').join(': '),
      what: `${message} ${fix}`,
    })),
    ...blocked.map(({ line, sentence }) => ({ line, where: '', what: sentence })),
  ].toSorted((one, other) => one.line - other.line);
  return (
    <>
      <Text format={{ fontWeight: 'demibold' }}>
        {`${added.length} new, ${changed.length} changed, ${same} as they are, ${wrong.length} not possible.`}
      </Text>
      {wrong.length > 0 && (
        <WrongLines wrong={wrong} isAll={added.length + changed.length + same === 0} />
      )}
      <Changes plan={plan} />
    </>
  );
}

interface WrongLine {
  readonly line: number;
  readonly where: string;
  readonly what: string;
}

function WrongLines({
  wrong,
  isAll,
}: {
  readonly wrong: readonly WrongLine[];
  readonly isAll: boolean;
}): ReactElement {
  const pages = usePages(wrong, PAGE_SIZE);
  return (
    <>
      <Alert
        title={isAll ? 'None of it can be taken over' : 'Some lines can’t be taken over'}
        variant="warning"
      >
        {isAll
          ? 'Correct the text and check it again.'
          : 'Correct them in the text and check it again, or take over the others.'}
      </Alert>
      <PagedTable pages={pages}>
        <TableHead>
          <TableRow>
            <TableHeader width="min">Line</TableHeader>
            <TableHeader>Field</TableHeader>
            <TableHeader>What is wrong</TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {pages.rows.map(({ line, where, what }) => (
            <TableRow key={`${line} ${where}`}>
              <TableCell width="min">{line}</TableCell>
              <TableCell>{where}</TableCell>
              <TableCell>{what}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </PagedTable>
    </>
  );
}

const inWords = (mapping: MappingView): string => {
  const fields = [mapping.leadLabel, mapping.contactLabel].filter((label) => label !== null);
  const values = mapping.valueMap.length > 0 ? `, ${mapping.valueMap.length} values mapped` : '';
  return `${[...new Set(fields)].join(' / ')}, ${mapping.ruleLabel}${values}`;
};

function Changes({ plan }: { readonly plan: ImportPlan }): ReactElement | null {
  const rows = [
    ...plan.added.map((after) => ({ before: null, after })),
    ...plan.changed.map(({ before, after }) => ({ before, after })),
  ];
  const pages = usePages(rows, PAGE_SIZE);
  if (rows.length === 0) return null;
  return (
    <PagedTable pages={pages}>
      <TableHead>
        <TableRow>
          <TableHeader>HubSpot property</TableHeader>
          <TableHeader>Now</TableHeader>
          <TableHeader>Then</TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {pages.rows.map(({ before, after }) => (
          <TableRow key={after.hubspotProperty}>
            <TableCell>{after.hubspotLabel}</TableCell>
            <TableCell>{before === null ? 'Not mapped' : inWords(before)}</TableCell>
            <TableCell>{inWords(after)}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </PagedTable>
  );
}
