// What a draft of the settings would do to a sample of pairs: how many records, which fields, and examples.
import {
  Alert,
  Flex,
  LoadingButton,
  LoadingSpinner,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
  Text,
} from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';
import type { CallParameters, SettingsEffect } from '../../../src/api/contract.ts';
import { apiErrorOf } from '../../ui/call-tandem.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { useSettingsEffect } from './use-settings-effect.ts';

const SIDES = { hubspot: 'HubSpot', salesforce: 'Salesforce' } as const;

const people = (count: number): string => (count === 1 ? '1 record' : `${count} records`);

function headline({ looked, changed, stopped, resumed }: SettingsEffect): string {
  if (looked === 0) return 'Nobody is paired yet, so nothing would change.';
  const parts = [
    `${changed} of ${people(looked)} would change`,
    ...(stopped > 0 ? [`${stopped} would sync no more`] : []),
    ...(resumed > 0 ? [`${resumed} would sync again`] : []),
  ];
  return `${parts.join(', ')}.`;
}

export function EffectReport({
  parts,
}: {
  readonly parts: CallParameters<'preview-settings'>['parts'];
}): ReactElement {
  const { value, error, isFetching, retry, more } = useSettingsEffect(parts);
  if (error !== null) {
    return (
      <ErrorNotice
        title="This can’t be tried as it is"
        error={apiErrorOf(error)}
        retry={{ running: isFetching, onRetry: retry }}
      />
    );
  }
  if (value === undefined) {
    return <LoadingSpinner label="Trying the settings on some records" showLabel />;
  }
  const isHarmless = value.changed === 0 && value.stopped === 0;
  return (
    <Flex direction="column" gap="medium">
      <Alert
        title={headline(value)}
        variant={value.stopped > 0 ? 'warning' : isHarmless ? 'success' : 'info'}
      >
        A dry run: nothing was written. Each record changes when it syncs next, or in a back-fill.
      </Alert>
      {value.fields.length > 0 && <Fields fields={value.fields} />}
      {value.leftOut.length > 0 && <LeftOut leftOut={value.leftOut} />}
      {value.examples.length > 0 && <Examples examples={value.examples} />}
      {value.after !== null && (
        <Flex direction="row">
          <LoadingButton loading={isFetching} disabled={isFetching} onClick={more}>
            Look at 100 more
          </LoadingButton>
        </Flex>
      )}
    </Flex>
  );
}

function Fields({ fields }: Pick<SettingsEffect, 'fields'>): ReactElement {
  return (
    <Table bordered flush density="condensed">
      <TableHead>
        <TableRow>
          <TableHeader>Field</TableHeader>
          <TableHeader>Written in</TableHeader>
          <TableHeader>Records</TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {fields.map(({ side, field, records, cleared }) => (
          <TableRow key={`${side} ${field}`}>
            <TableCell>{field}</TableCell>
            <TableCell>{SIDES[side]}</TableCell>
            <TableCell>
              {cleared > 0 ? `${records}, ${cleared} of them cleared` : records}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function LeftOut({ leftOut }: Pick<SettingsEffect, 'leftOut'>): ReactElement {
  return (
    <Alert title="Some values would be left out" variant="warning">
      <Flex direction="column" gap="flush">
        {leftOut.map(({ field, records, example }) => (
          <Text key={field} variant="microcopy">{`${field}: ${people(records)}. ${example}`}</Text>
        ))}
      </Flex>
    </Alert>
  );
}

function Examples({ examples }: Pick<SettingsEffect, 'examples'>): ReactElement {
  return (
    <Table bordered flush density="condensed">
      <TableHead>
        <TableRow>
          <TableHeader>Person</TableHeader>
          <TableHeader>What would be written</TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {examples.map(({ who, changes, stops }, index) => (
          <TableRow key={`${index} ${who ?? ''}`}>
            <TableCell>{who ?? 'Somebody'}</TableCell>
            <TableCell>
              {stops !== null && <Text>{`Syncs no more: ${stops}`}</Text>}
              {changes.map(({ side, field, before, after }) => (
                <Text key={`${side} ${field}`}>
                  {`${SIDES[side]} ${field}: ${before ?? '–'} → ${after ?? '–'}`}
                </Text>
              ))}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
