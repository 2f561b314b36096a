// After mappings were saved: a new mapping fills nothing in by itself. Everybody who is paired can be looked at now, with
// what that would take, or later from the tab "Runs". One run does for all the mappings.
import { Alert, Button, Flex, LoadingButton, Text } from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';
import type { MappingView, RunView } from '../../../src/api/contract.ts';
import { apiErrorOf } from '../../ui/call-tandem.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import type { RunRequest } from '../runs/run-choice.ts';
import { RunEstimate } from '../runs/run-estimate.tsx';
import { useStartRun } from '../runs/use-runs.ts';

export interface BackfillOfferProps {
  /** Those that were added or changed; at least one. */
  readonly mappings: readonly MappingView[];
  readonly onStarted: (run: RunView) => void;
  readonly onLater: () => void;
}

const MOST_NAMED = 5;

function namesOf(mappings: readonly MappingView[]): string {
  const names = mappings.slice(0, MOST_NAMED).map(({ hubspotLabel }) => hubspotLabel);
  const more = mappings.length - names.length;
  return `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

export function BackfillOffer(props: BackfillOfferProps): ReactElement | null {
  const { mappings, onStarted, onLater } = props;
  const starting = useStartRun(onStarted);
  const [first] = mappings;
  if (first === undefined) return null;
  const names = namesOf(mappings);
  const request: RunRequest = {
    kind: 'backfill',
    scope: { hubspotProperty: first.hubspotProperty, name: names },
  };
  return (
    <Alert title={`Fill in ${names} for everybody now?`} variant="info">
      <Flex direction="column" gap="small">
        <Text>
          The settings are saved. Each record takes the change over when it syncs next; a back-fill
          does it for all pairs now.
        </Text>
        <RunEstimate request={request} dry={false} />
        {starting.error !== null && (
          <ErrorNotice title="Nothing was started" error={apiErrorOf(starting.error)} />
        )}
        <Flex direction="row" gap="small" wrap>
          <LoadingButton
            variant="primary"
            size="sm"
            loading={starting.isChanging}
            disabled={starting.isChanging}
            onClick={() => {
              starting.change({ request, dry: false });
            }}
          >
            Back-fill now
          </LoadingButton>
          <Button size="sm" onClick={onLater}>
            Later
          </Button>
        </Flex>
        <Text variant="microcopy">Later, start it on the tab Runs: “Back-fill a mapping”.</Text>
      </Flex>
    </Alert>
  );
}
