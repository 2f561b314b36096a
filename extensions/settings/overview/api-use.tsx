// What Tandem uses of a CRM's API calls, beside what it may, and how long that lasts.
import { Flex, Heading, LineChart, ProgressBar, Text, Tile } from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';
import type { ApiUse } from '../../../src/api/contract.ts';
import {
  CLASS_LABELS,
  countInWords,
  forecastInWords,
  hourRows,
  useInWords,
} from './overview-words.ts';

export interface ApiUseTileProps {
  readonly use: ApiUse;
  readonly timezone: string;
}

/** A line needs two points. */
const LEAST_HOURS = 2;

export function ApiUseTile({ use, timezone }: ApiUseTileProps): ReactElement {
  const { crm, used, limit, everybody, pausedUntil, reachedAt } = use;
  const rows = hourRows(use);
  const isShort = reachedAt !== null || pausedUntil !== null;
  return (
    <Tile compact>
      <Flex direction="column" gap="small">
        <Heading>{`${crm} API`}</Heading>
        <ProgressBar
          aria-label={`${crm} calls used`}
          showPercentage
          value={Math.min(used, limit)}
          maxValue={Math.max(1, limit)}
          valueDescription={useInWords(use)}
          variant={used >= limit ? 'danger' : isShort ? 'warning' : 'success'}
        />
        <Text>{forecastInWords(use, timezone)}</Text>
        {everybody !== null && (
          <Text variant="microcopy">
            {`All programs together used ${countInWords(everybody.used)} of ${crm}’s own limit of ${countInWords(everybody.limit)}.`}
          </Text>
        )}
        {rows.length >= LEAST_HOURS * Object.keys(CLASS_LABELS).length && (
          <LineChart
            data={rows.map((row) => ({ ...row }))}
            axes={{
              x: { field: 'at', fieldType: 'datetime', label: 'Hour' },
              y: { field: 'calls', fieldType: 'linear', label: 'Calls' },
              options: { groupFieldByColor: 'kind' },
            }}
            options={{ title: `${crm} calls by the hour`, showLegend: true, showTooltips: true }}
          />
        )}
      </Flex>
    </Tile>
  );
}
