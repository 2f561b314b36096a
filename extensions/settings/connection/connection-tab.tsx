// The tab "Connection": who is connected, pausing, and what each side lets Tandem do, with what to do where it
// doesn't.
import {
  Divider,
  Flex,
  Heading,
  LoadingButton,
  LoadingSpinner,
  Text,
} from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';
import { apiErrorOf } from '../../ui/call-tandem.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { CheckList } from './check-list.tsx';
import { Parties } from './parties.tsx';
import { FieldAccess } from './field-access.tsx';
import { PauseSwitches } from './pause-switches.tsx';
import type { PauseSwitchesProps } from './pause-switches.tsx';
import { useConnection } from './use-connection.ts';

export interface ConnectionTabProps extends PauseSwitchesProps {
  readonly isShown: boolean;
}

export function ConnectionTab({ isShown, ...pausing }: ConnectionTabProps): ReactElement {
  const { value, error, isFetching, refetch } = useConnection(isShown);
  return (
    <Flex direction="column" gap="medium">
      <PauseSwitches {...pausing} />
      <Divider />
      {error !== null && (
        <ErrorNotice
          title="The connection could not be looked at"
          error={apiErrorOf(error)}
          retry={{ running: isFetching, onRetry: refetch }}
        />
      )}
      {value === undefined
        ? error === null && (
            <LoadingSpinner label="Asking HubSpot and Salesforce what Tandem may do" showLabel />
          )
        : [
            <Flex key="parties" direction="column" gap="small">
              <Flex direction="row" justify="between" align="center" gap="small" wrap>
                <Heading>Who is connected</Heading>
                <LoadingButton size="xs" loading={isFetching} onClick={refetch}>
                  Check again
                </LoadingButton>
              </Flex>
              <Parties connection={value} />
            </Flex>,
            <CheckList key="live" title="Live sync" checks={value.liveChecks} />,
            <CheckList
              key="salesforce"
              title="Permissions in Salesforce"
              checks={value.salesforceChecks}
            />,
            <Flex key="fields" direction="column" gap="small">
              <Heading>Mapped fields in Salesforce</Heading>
              {value.fields.length === 0 ? (
                <Text>They can be checked once Salesforce and HubSpot answer.</Text>
              ) : (
                <FieldAccess fields={value.fields} />
              )}
            </Flex>,
            <CheckList key="hubspot" title="Permissions in HubSpot" checks={value.hubspotChecks} />,
          ]}
    </Flex>
  );
}
