// The tab "Versions": every version of the settings, who saved it and when, and a way to compare and to go back.
import {
  Flex,
  LoadingSpinner,
  StatusTag,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
  Text,
} from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';
import type { SettingsVersionView } from '../../../src/api/contract.ts';
import { apiErrorOf } from '../../ui/call-tandem.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { PageTurner, usePositions } from '../../ui/positions.tsx';
import { exactTime, timeInWords } from '../../ui/relative-time.tsx';
import { useVersions } from './use-versions.ts';
import { VersionButton } from './version-button.tsx';
import type { VersionButtonProps } from './version-button.tsx';

export interface VersionsTabProps extends Omit<VersionButtonProps, 'version'> {
  readonly isShown: boolean;
  readonly timezone: string;
}

export function VersionsTab({ isShown, timezone, ...button }: VersionsTabProps): ReactElement {
  const positions = usePositions<number>();
  const { current } = button;
  const { value, error, isFetching, refetch } = useVersions({
    isShown,
    current,
    before: positions.current,
  });
  return (
    <Flex direction="column" gap="medium">
      <Text>
        Every save makes a version. Any of them can be compared with the settings in force, and
        restored; nothing is ever lost by that.
      </Text>
      {error !== null && (
        <ErrorNotice
          title="The versions could not be loaded"
          error={apiErrorOf(error)}
          retry={{ running: isFetching, onRetry: refetch }}
        />
      )}
      {value === undefined ? (
        error === null && <LoadingSpinner label="Loading the versions" showLabel />
      ) : (
        <>
          <Table bordered flush density="condensed">
            <TableHead>
              <TableRow>
                <TableHeader>Version</TableHeader>
                <TableHeader>Saved</TableHeader>
                <TableHeader width={165}>Actions</TableHeader>
              </TableRow>
            </TableHead>
            <TableBody>
              {value.versions.map((version) => (
                <VersionRow
                  key={version.version}
                  shown={version}
                  timezone={timezone}
                  button={button}
                />
              ))}
            </TableBody>
          </Table>
          <PageTurner positions={positions} next={value.before} isFetching={isFetching} />
        </>
      )}
    </Flex>
  );
}

function VersionRow({
  shown: { version, savedAt, savedBy, note },
  timezone,
  button,
}: {
  readonly shown: SettingsVersionView;
  readonly timezone: string;
  readonly button: Omit<VersionButtonProps, 'version'>;
}): ReactElement {
  return (
    <TableRow>
      <TableCell>
        <Text format={{ fontWeight: 'demibold' }}>
          {version === 0 ? 'Built-in settings' : `Version ${version}`}
        </Text>
        {note !== '' && <Text variant="microcopy">{note}</Text>}
      </TableCell>
      <TableCell>
        {savedAt === null ? (
          <Text variant="microcopy">Before anybody saved any</Text>
        ) : (
          <>
            <Text>{timeInWords(savedAt, Date.now())}</Text>
            <Text variant="microcopy">
              {`${exactTime(savedAt, timezone)}${savedBy === null ? '' : `, by ${savedBy}`}`}
            </Text>
          </>
        )}
      </TableCell>
      <TableCell>
        {version === button.current ? (
          <StatusTag variant="success">In force</StatusTag>
        ) : (
          <VersionButton {...button} version={version} />
        )}
      </TableCell>
    </TableRow>
  );
}
