// The two records of a person, each a click away.
import { Flex, Link } from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';

export interface RecordLinksProps {
  readonly portalId: number;
  readonly hubspotId: string | null;
  readonly salesforceId: string | null;
  readonly salesforceUrl: string | null;
}

export function RecordLinks(props: RecordLinksProps): ReactElement {
  const { portalId, hubspotId, salesforceId, salesforceUrl } = props;
  return (
    <Flex direction="row" gap="small" wrap>
      {hubspotId !== null && (
        <Link
          href={{
            url: `https://app.hubspot.com/contacts/${portalId}/record/0-1/${hubspotId}`,
            external: true,
          }}
        >
          {`HubSpot ${hubspotId}`}
        </Link>
      )}
      {salesforceUrl !== null && (
        <Link href={{ url: salesforceUrl, external: true }}>
          {`Salesforce ${salesforceId ?? ''}`}
        </Link>
      )}
    </Flex>
  );
}
