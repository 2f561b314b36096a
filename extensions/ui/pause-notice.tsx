// Says that an admin has paused sync, in which direction, and what that means; nothing where nothing is paused.
import { Alert } from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';
import type { RecordView } from '../../src/api/contract.ts';

export interface PauseNoticeProps {
  readonly paused: RecordView['paused'];
  /** What the reader can do about it. */
  readonly next: string;
}

export function PauseNotice({ paused, next }: PauseNoticeProps): ReactElement | null {
  const { toSalesforce, toHubSpot } = paused;
  if (!toSalesforce && !toHubSpot) return null;
  const where =
    toSalesforce && toHubSpot
      ? 'in both directions'
      : toSalesforce
        ? 'to Salesforce'
        : 'to HubSpot';
  const written =
    toSalesforce && toHubSpot ? 'to either side' : toSalesforce ? 'to Salesforce' : 'to HubSpot';
  return (
    <Alert title={`Sync ${where} is paused`} variant="warning">
      {`Nothing is written ${written}, and everything new waits until an admin resumes it. ${next}`}
    </Alert>
  );
}
