// What a version has other than the settings in force, and the way back to it. Whoever restores sees before what
// changes; the way back from there is the version before.
import {
  Alert,
  Button,
  ButtonRow,
  Divider,
  EmptyState,
  Flex,
  Heading,
  List,
  LoadingButton,
  LoadingSpinner,
  PanelBody,
  PanelFooter,
  PanelSection,
  Text,
} from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';
import type { CallAnswer, SettingDifferenceView } from '../../../src/api/contract.ts';
import { apiErrorOf } from '../../ui/call-tandem.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { useComparison, useRestoreVersion } from './use-versions.ts';

export interface VersionComparisonProps {
  readonly version: number;
  readonly current: number;
  readonly readOnly: boolean;
  /** Somebody is in the middle of changing settings. */
  readonly hasChanges: boolean;
  readonly onRestored: (restored: CallAnswer<'restore-settings'>) => void;
  readonly onClose: () => void;
}

export function VersionComparison(props: VersionComparisonProps): ReactElement {
  const { version, current, readOnly, hasChanges, onRestored, onClose } = props;
  const { value, error, isFetching, refetch } = useComparison(version, current);
  const restoring = useRestoreVersion(onRestored);
  const mayRestore =
    value !== undefined && value.differences.length > 0 && value.obstacles.length === 0;
  return (
    <>
      <PanelBody>
        <PanelSection>
          <Flex direction="column" gap="medium">
            {error !== null && (
              <ErrorNotice
                title="The versions could not be compared"
                error={apiErrorOf(error)}
                retry={{ running: isFetching, onRetry: refetch }}
              />
            )}
            {value === undefined ? (
              error === null && <LoadingSpinner label="Comparing the versions" showLabel />
            ) : (
              <Differences {...value} />
            )}
          </Flex>
        </PanelSection>
      </PanelBody>
      <PanelFooter>
        <Flex direction="column" gap="small">
          {restoring.error !== null && (
            <ErrorNotice title="Nothing was restored" error={apiErrorOf(restoring.error)} />
          )}
          {!readOnly && mayRestore && (
            <Text variant="microcopy">
              {`Restoring makes version ${current + 1} of it, in force at once. To go back, restore version ${current} in the same way.`}
            </Text>
          )}
          {!readOnly && mayRestore && hasChanges && (
            <Alert title="Your unsaved changes would be lost" variant="warning">
              Save or discard them first if you need them.
            </Alert>
          )}
          <ButtonRow disableDropdown>
            {!readOnly && (
              <LoadingButton
                variant="primary"
                loading={restoring.isRestoring}
                disabled={!mayRestore}
                onClick={() => {
                  restoring.restore({ version, baseVersion: current });
                }}
              >
                {version === 0 ? 'Restore the built-in settings' : `Restore version ${version}`}
              </LoadingButton>
            )}
            <Button onClick={onClose}>Close</Button>
          </ButtonRow>
        </Flex>
      </PanelFooter>
    </>
  );
}

function Differences({ differences, obstacles }: CallAnswer<'compare-settings'>): ReactElement {
  if (differences.length === 0) {
    return (
      <EmptyState title="No difference" flush imageWidth={120}>
        <Text>It says the same as the settings in force.</Text>
      </EmptyState>
    );
  }
  const parts = Map.groupBy(differences, ({ part }) => part);
  return (
    <>
      {obstacles.length > 0 && (
        <Alert title="It can’t be restored as it is" variant="warning">
          <Text>Put this right first, or make the other changes by hand.</Text>
          <List variant="unordered">
            {obstacles.map((obstacle) => (
              <Text key={obstacle}>{obstacle}</Text>
            ))}
          </List>
        </Alert>
      )}
      {[...parts].map(([part, settings]) => (
        <Flex key={part} direction="column" gap="small">
          <Heading>{part}</Heading>
          {settings.map((difference) => (
            <Difference key={difference.setting} {...difference} />
          ))}
        </Flex>
      ))}
    </>
  );
}

const NONE = 'not there';

function Difference({ setting, before, after }: SettingDifferenceView): ReactElement {
  return (
    <Flex direction="column" gap="flush">
      <Text format={{ fontWeight: 'demibold' }}>{setting}</Text>
      <Text>{`Then: ${before ?? NONE}`}</Text>
      <Text>{`Now: ${after ?? NONE}`}</Text>
      <Divider />
    </Flex>
  );
}
