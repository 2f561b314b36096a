// Where the contact stands, at a glance: state, headline, the Salesforce record, the last sync, and why it isn't
// syncing when it isn't.
import {
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
import { ReasonNote } from '../ui/reason-note.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { STATE_TAGS } from './link-states.ts';

export interface RecordSummaryProps {
  readonly record: RecordView;
  readonly timezone: string;
  /** In a sidebar there is no room for labels beside values. */
  readonly compact: boolean;
}

export function RecordSummary({ record, timezone, compact }: RecordSummaryProps): ReactElement {
  const { state, headline, reason, salesforce, lastSyncedAt } = record;
  const tag = STATE_TAGS[state];
  return (
    <Flex direction="column" gap="small">
      <Inline>
        <StatusTag variant={tag.variant} hollow={tag.hollow}>
          {tag.label}
        </StatusTag>
      </Inline>
      <Text format={{ fontWeight: 'demibold' }}>{headline}</Text>
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
        <DescriptionListItem label="Last synced">
          {lastSyncedAt === null ? (
            <Text>Never</Text>
          ) : (
            <RelativeTime iso={lastSyncedAt} timezone={timezone} />
          )}
        </DescriptionListItem>
      </DescriptionList>
    </Flex>
  );
}
