// What the chosen lists would do, in figures, before anything is saved; what the figures rest on stands below.
import {
  Accordion,
  Flex,
  Heading,
  LoadingSpinner,
  Statistics,
  StatisticsItem,
  Text,
  Tile,
} from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';
import type { CallAnswer } from '../../../src/api/contract.ts';
import { apiErrorOf } from '../../ui/call-tandem.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { figureInWords } from '../figures.ts';
import { useInclusionPreview, type Inclusion } from './use-inclusion.ts';

type Preview = CallAnswer<'preview-inclusion'>;

export interface InclusionCountsProps {
  readonly inclusion: Inclusion;
  /** Of the saved settings. */
  readonly version: number;
  readonly isShown: boolean;
}

export function InclusionCounts({
  inclusion,
  version,
  isShown,
}: InclusionCountsProps): ReactElement {
  const { value, error, isFetching, refetch } = useInclusionPreview(inclusion, version, isShown);
  return (
    <Tile>
      <Flex direction="column" gap="small">
        <Flex direction="row" gap="small" align="center" justify="between" wrap>
          <Heading>What this would do</Heading>
          <Text variant="microcopy">
            {isFetching ? 'Counting…' : 'Counted now; saves nothing.'}
          </Text>
        </Flex>
        {error !== null && (
          <ErrorNotice
            title="It could not be counted"
            error={apiErrorOf(error)}
            retry={{ running: isFetching, onRetry: refetch }}
          />
        )}
        {value === undefined
          ? error === null && <LoadingSpinner label="Counting who would sync" showLabel />
          : error === null && <Figures preview={value} hasList={inclusion.listId !== null} />}
      </Flex>
    </Tile>
  );
}

interface FiguresProps {
  readonly preview: Preview;
  readonly hasList: boolean;
}

function Figures({ preview, hasList }: FiguresProps): ReactElement {
  const { members, receivers, exclusion, paired, inSync, stop, start, oneWayOnly, newcomers } =
    preview;
  const created = {
    count: newcomers.becomeLeads.count + newcomers.becomeContacts.count,
    precision: newcomers.becomeLeads.precision,
  };
  return (
    <Flex direction="column" gap="small">
      <Statistics>
        <StatisticsItem
          label={hasList ? 'Members' : 'Contacts in HubSpot'}
          number={figureInWords(members)}
        >
          <Text variant="microcopy">
            {receivers === null
              ? `${figureInWords(newcomers.all)} not in Salesforce yet`
              : `${figureInWords(receivers)} receive from Salesforce`}
          </Text>
        </StatisticsItem>
        <StatisticsItem label="Paired and syncing" number={figureInWords(paired)}>
          <Text variant="microcopy">{`${figureInWords(inSync)} in sync now`}</Text>
        </StatisticsItem>
        <StatisticsItem label="Would stop" number={figureInWords(stop)}>
          <Text variant="microcopy">
            {oneWayOnly.count === 0
              ? 'stay as they are on both sides'
              : `${figureInWords(oneWayOnly)} more in one direction only`}
          </Text>
        </StatisticsItem>
        <StatisticsItem label="Would start again" number={figureInWords(start)}>
          <Text variant="microcopy">paired, and waiting now</Text>
        </StatisticsItem>
        <StatisticsItem label="Would be created" number={figureInWords(created)}>
          <Text variant="microcopy">
            {`${figureInWords(newcomers.pair)} are in Salesforce already and would be paired`}
          </Text>
        </StatisticsItem>
        {exclusion !== null && (
          <StatisticsItem label="Excluded" number={figureInWords(exclusion.members)}>
            <Text variant="microcopy">{`${figureInWords(exclusion.paired)} of them are paired`}</Text>
          </StatisticsItem>
        )}
      </Statistics>
      {newcomers.leftOut.map(({ reason, figure }) => (
        <Text key={reason.code} variant="microcopy">
          {`${figureInWords(figure)} would be left out: ${reason.sentence}`}
        </Text>
      ))}
      <Accordion title="How this was counted" size="sm">
        <Flex direction="column" gap="flush">
          {preview.basis.map((sentence) => (
            <Text key={sentence} variant="microcopy">
              {sentence}
            </Text>
          ))}
        </Flex>
      </Accordion>
    </Flex>
  );
}
