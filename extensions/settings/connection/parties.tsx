// The two that are connected: which org and user, which portal.
import {
  DescriptionList,
  DescriptionListItem,
  Flex,
  Link,
  StatusTag,
  Text,
} from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';
import type { ConnectionView } from '../../../src/api/contract.ts';

export interface PartiesProps {
  readonly connection: ConnectionView;
}

const UNTOLD = 'Not told';

export function Parties({ connection }: PartiesProps): ReactElement {
  const { salesforce, hubspot } = connection;
  return (
    <Flex direction="row" gap="large" wrap>
      <Flex direction="column" gap="extra-small">
        <PartyName name="Salesforce" error={salesforce.error} />
        {salesforce.error === null && (
          <DescriptionList direction="row">
            <DescriptionListItem label="Organization">
              <Text>{salesforce.organization ?? UNTOLD}</Text>
            </DescriptionListItem>
            <DescriptionListItem label="Kind">
              <Text>{kindInWords(salesforce)}</Text>
            </DescriptionListItem>
            <DescriptionListItem label="Organization ID">
              <Text>{salesforce.organizationId ?? UNTOLD}</Text>
            </DescriptionListItem>
            <DescriptionListItem label="Integration user">
              <Text>
                {salesforce.user === null
                  ? UNTOLD
                  : `${salesforce.user.name} (${salesforce.user.username})`}
              </Text>
            </DescriptionListItem>
            <DescriptionListItem label="Instance">
              {salesforce.instanceUrl === null ? (
                <Text>{UNTOLD}</Text>
              ) : (
                <Link href={{ url: salesforce.instanceUrl, external: true }}>
                  {salesforce.instanceUrl.replace(/^https?:\/\//, '')}
                </Link>
              )}
            </DescriptionListItem>
            <DescriptionListItem label="API version">
              <Text>{salesforce.apiVersion ?? UNTOLD}</Text>
            </DescriptionListItem>
          </DescriptionList>
        )}
      </Flex>
      <Flex direction="column" gap="extra-small">
        <PartyName name="HubSpot" error={hubspot.error} />
        {hubspot.error === null && (
          <DescriptionList direction="row">
            <DescriptionListItem label="Portal ID">
              <Text>{hubspot.portalId ?? UNTOLD}</Text>
            </DescriptionListItem>
            <DescriptionListItem label="Kind">
              <Text>{hubspot.kind ?? UNTOLD}</Text>
            </DescriptionListItem>
          </DescriptionList>
        )}
      </Flex>
    </Flex>
  );
}

function PartyName({
  name,
  error,
}: {
  readonly name: string;
  readonly error: string | null;
}): ReactElement {
  return (
    <>
      <Flex direction="row" gap="small" align="center" wrap>
        <Text format={{ fontWeight: 'demibold' }}>{name}</Text>
        <StatusTag variant={error === null ? 'success' : 'danger'}>
          {error === null ? 'Connected' : 'Not connected'}
        </StatusTag>
      </Flex>
      {error !== null && (
        <>
          <Text>{error}</Text>
          <Text variant="microcopy">
            {`Check the ${name} credentials of Tandem’s service, and that ${name} is up; then check again.`}
          </Text>
        </>
      )}
    </>
  );
}

function kindInWords({ kind, edition }: ConnectionView['salesforce']): string {
  const words = { sandbox: 'Sandbox', production: 'Production' };
  const known = kind === null ? UNTOLD : words[kind];
  return edition ? `${known}, ${edition}` : known;
}
