// The tab "Overview": how live sync is doing, at a glance: lag, backlog, where the records stand, what is wrong, the
// API calls and their forecast, and the last runs.
import {
  Alert,
  AutoGrid,
  BarChart,
  Flex,
  Heading,
  LoadingSpinner,
  Statistics,
  StatisticsItem,
  StatusTag,
  Text,
  Tile,
} from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';
import type { CallAnswer, RunView } from '../../../src/api/contract.ts';
import { apiErrorOf } from '../../ui/call-tandem.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { timeInWords } from '../../ui/relative-time.tsx';
import { countsInWords, STATES } from '../runs/run-words.ts';
import { ApiUseTile } from './api-use.tsx';
import { countInWords, lagBasis, lagInWords, STATE_LABELS } from './overview-words.ts';
import { useOverview } from './use-overview.ts';

type Overview = CallAnswer<'get-overview'>;

export interface OverviewTabProps {
  readonly isShown: boolean;
  readonly timezone: string;
}

export function OverviewTab({ isShown, timezone }: OverviewTabProps): ReactElement {
  const { value, error, isFetching, refetch } = useOverview(isShown);
  return (
    <Flex direction="column" gap="medium">
      {error !== null && (
        <ErrorNotice
          title="The overview could not be loaded"
          error={apiErrorOf(error)}
          retry={{ running: isFetching, onRetry: refetch }}
        />
      )}
      {value === undefined ? (
        error === null && <LoadingSpinner label="Loading the overview" showLabel />
      ) : (
        <>
          {value.workers === 0 && (
            <Alert title="Nobody is at work at the moment" variant="warning">
              Changes wait until Tandem’s service or a worker is started, and then go on by
              themselves. None is lost.
            </Alert>
          )}
          {value.isWaitingForFirstSync && (
            <Alert title="Waiting for the first sync" variant="info">
              Nobody is synced and nothing is written until an admin starts it: with “Start the
              first sync” in the guide on this page, with a run of everybody on the Runs tab, or
              with “npm start -- run everything”. Dry runs and previews show what it would do.
            </Alert>
          )}
          <LiveNumbers {...value} />
          <AutoGrid columnWidth={360} flexible gap="medium">
            <RecordsChart records={value.records} />
            <ProblemsChart problems={value.problems} />
            {value.api.map((use) => (
              <ApiUseTile key={use.crm} use={use} timezone={timezone} />
            ))}
          </AutoGrid>
          <LastRuns runs={value.runs} />
        </>
      )}
    </Flex>
  );
}

function LiveNumbers({ lag, queue, records }: Overview): ReactElement {
  const { hubspotToSalesforce, salesforceToHubSpot } = lag;
  return (
    <Statistics>
      <StatisticsItem
        label="HubSpot to Salesforce takes"
        number={lagInWords(hubspotToSalesforce.p50)}
      >
        <Text variant="microcopy">{lagBasis(hubspotToSalesforce)}</Text>
      </StatisticsItem>
      <StatisticsItem
        label="Salesforce to HubSpot takes"
        number={lagInWords(salesforceToHubSpot.p50)}
      >
        <Text variant="microcopy">{lagBasis(salesforceToHubSpot)}</Text>
      </StatisticsItem>
      <StatisticsItem
        label="Changes in the queue"
        number={queue === null ? '–' : countInWords(queue.waiting + queue.active)}
      >
        <Text variant="microcopy">
          {queue === null
            ? 'Nobody can tell at the moment.'
            : `${countInWords(queue.active)} of them are being worked on.`}
        </Text>
      </StatisticsItem>
      <StatisticsItem label="Records that need attention" number={countInWords(records.problem)}>
        <Text variant="microcopy">{waitingInWords(records.waiting)}</Text>
      </StatisticsItem>
    </Statistics>
  );
}

function waitingInWords(count: number): string {
  if (count === 0) return 'No other waits for another try.';
  return count === 1
    ? 'One more is tried again by itself.'
    : `${countInWords(count)} more are tried again by themselves.`;
}

const STATE_ORDER = ['inSync', 'waiting', 'problem', 'skipped'] as const;

function RecordsChart({ records }: Pick<Overview, 'records'>): ReactElement {
  const rows = STATE_ORDER.map((state) => ({
    state: STATE_LABELS[state],
    records: records[state],
  }));
  if (rows.every((row) => row.records === 0)) {
    return (
      <Tile compact>
        <Heading>Records by state</Heading>
        <Text>Tandem knows of no records yet. A run brings them in: see Runs.</Text>
      </Tile>
    );
  }
  return (
    <Tile compact>
      <BarChart
        data={rows}
        axes={{
          x: { field: 'state', fieldType: 'category', label: 'State' },
          y: { field: 'records', fieldType: 'linear', label: 'Records' },
          options: {
            groupFieldByColor: 'state',
            colors: {
              [STATE_LABELS.inSync]: 'green',
              [STATE_LABELS.waiting]: 'yellow',
              [STATE_LABELS.problem]: 'darkOrange',
              [STATE_LABELS.skipped]: 'blue',
            },
          },
        }}
        options={{ title: 'Records by state', showDataLabels: true, showTooltips: true }}
      />
    </Tile>
  );
}

function ProblemsChart({ problems }: Pick<Overview, 'problems'>): ReactElement {
  if (problems.length === 0) {
    return (
      <Tile compact>
        <Heading>Errors by category</Heading>
        <Text>There are none.</Text>
      </Tile>
    );
  }
  return (
    <Tile compact>
      <BarChart
        data={problems.map(({ label, count }) => ({ label, count }))}
        axes={{
          x: { field: 'label', fieldType: 'category', label: 'Category' },
          y: { field: 'count', fieldType: 'linear', label: 'Records' },
        }}
        options={{
          title: 'Errors by category',
          showDataLabels: true,
          showTooltips: true,
          colorList: ['darkOrange'],
        }}
      />
    </Tile>
  );
}

function LastRuns({ runs }: { readonly runs: readonly RunView[] }): ReactElement {
  return (
    <Tile compact>
      <Flex direction="column" gap="small">
        <Heading>Last runs</Heading>
        {runs.length === 0 && <Text>There were none yet.</Text>}
        {runs.map((run) => (
          <Flex key={run.id} direction="row" gap="small" align="center" wrap>
            <StatusTag variant={STATES[run.state].variant}>{STATES[run.state].label}</StatusTag>
            <Text>{`${run.title}${run.dry ? ' (dry run)' : ''}`}</Text>
            <Text variant="microcopy">
              {`${timeInWords(run.startedAt, Date.now())} · ${countsInWords(run)}`}
            </Text>
          </Flex>
        ))}
      </Flex>
    </Tile>
  );
}
