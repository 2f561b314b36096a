// Where the contact stands, at a glance: state, one sentence with the reason, the next step; its Salesforce record
// with owner and status, the last sync and which way it went, and its campaigns.
import {
  Alert,
  DescriptionList,
  DescriptionListItem,
  Flex,
  Inline,
  Link,
  StatusTag,
  Text,
} from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';
import type { RecordView } from '../../src/api/contract.ts';
import { PauseNotice } from '../ui/pause-notice.tsx';
import { ReasonNote } from '../ui/reason-note.tsx';
import { RelativeTime, timeInWords, timeToCome } from '../ui/relative-time.tsx';
import { STATE_TAGS } from './link-states.ts';

export interface RecordSummaryProps {
  readonly record: RecordView;
  readonly timezone: string;
  /** In a sidebar there is no room for labels beside values. */
  readonly compact: boolean;
}

const DIRECTIONS: Readonly<Record<NonNullable<RecordView['lastWrite']>['direction'], string>> = {
  toHubSpot: 'Salesforce → HubSpot',
  toSalesforce: 'HubSpot → Salesforce',
  bothWays: 'HubSpot ⇄ Salesforce',
};

/** A time that has come already means: any moment. */
const retryInWords = (retryAt: string, timezone: string, now: number): string =>
  Date.parse(retryAt) > now
    ? `Tandem looks again by itself at ${timeToCome(retryAt, timezone, now)}.`
    : 'Tandem is about to look again by itself.';

export function RecordSummary({ record, timezone, compact }: RecordSummaryProps): ReactElement {
  const { state, headline, reason, retryAt, salesforce, lastSyncedAt, lastWrite } = record;
  const tag = STATE_TAGS[state];
  const now = Date.now();
  return (
    <Flex direction="column" gap="small">
      {record.isWaitingForFirstSync && (
        <Alert title="The first sync has not been started yet" variant="info">
          Nothing is written until an admin of the portal starts it on Tandem’s settings page.
        </Alert>
      )}
      <PauseNotice paused={record.paused} next="Ask an admin of the portal when that will be." />
      <Inline>
        <StatusTag variant={tag.variant} hollow={tag.hollow}>
          {tag.label}
        </StatusTag>
      </Inline>
      <Text format={{ fontWeight: 'demibold' }}>{headline}</Text>
      {retryAt !== null && <Text>{retryInWords(retryAt, timezone, now)}</Text>}
      {reason !== null && <ReasonNote reason={reason} said={headline} />}
      <DescriptionList direction={compact ? 'column' : 'row'}>
        <DescriptionListItem label="Salesforce record">
          {salesforce === null ? (
            <Text>None</Text>
          ) : (
            <Link href={{ url: salesforce.url, external: true }}>
              {`${salesforce.object}: ${salesforce.name}`}
            </Link>
          )}
        </DescriptionListItem>
        {salesforce !== null && salesforce.ownerName !== null && (
          <DescriptionListItem label="Owner in Salesforce">
            <Text>{salesforce.ownerName}</Text>
          </DescriptionListItem>
        )}
        {salesforce !== null && salesforce.status !== null && (
          <DescriptionListItem label="Lead status">
            <Text>{salesforce.status}</Text>
          </DescriptionListItem>
        )}
        <DescriptionListItem label="Last synced">
          {lastSyncedAt === null ? (
            <Text>Never</Text>
          ) : (
            <RelativeTime iso={lastSyncedAt} timezone={timezone} />
          )}
        </DescriptionListItem>
        {lastWrite !== null && (
          <DescriptionListItem label="Last change">
            <Text>
              {`${DIRECTIONS[lastWrite.direction]}, ${lastWrite.fields === 1 ? '1 field' : `${lastWrite.fields} fields`}, ${timeInWords(lastWrite.at, now)}`}
            </Text>
          </DescriptionListItem>
        )}
        {record.campaigns.length > 0 && (
          <DescriptionListItem label="Salesforce campaigns">
            <Campaigns campaigns={record.campaigns} />
          </DescriptionListItem>
        )}
      </DescriptionList>
    </Flex>
  );
}

function Campaigns({ campaigns }: Pick<RecordView, 'campaigns'>): ReactElement {
  return (
    <Flex direction="column" gap="flush">
      {campaigns.map(({ id, name, status, url }) => (
        <Flex key={id} direction="row" gap="extra-small" align="center" wrap>
          <Link href={{ url, external: true }}>{name}</Link>
          {status !== null && <Text variant="microcopy">{status}</Text>}
        </Flex>
      ))}
    </Flex>
  );
}
