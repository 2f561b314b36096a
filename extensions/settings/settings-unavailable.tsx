// The settings can't be read, which takes both CRMs: what is wrong, and what the database knows without them.
import { Flex, Tab, Tabs } from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { ReactElement } from 'react';
import type { ApiError } from '../../src/api/contract.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { OverviewTab } from './overview/overview-tab.tsx';
import { ProblemsTab } from './problems/problems-tab.tsx';
import type { ProblemsTabProps } from './problems/problems-tab.tsx';

export interface SettingsUnavailableProps extends Omit<ProblemsTabProps, 'isShown'> {
  readonly error: ApiError;
  readonly isRetrying: boolean;
  readonly onRetry: () => void;
}

export function SettingsUnavailable(props: SettingsUnavailableProps): ReactElement {
  const { error, isRetrying, onRetry, ...problems } = props;
  const [shown, setShown] = useState<string | number>('overview');
  return (
    <Flex direction="column" gap="medium">
      <ErrorNotice
        title="The settings could not be loaded"
        error={error}
        retry={{ running: isRetrying, onRetry }}
      />
      <Tabs defaultSelected="overview" onSelectedChange={setShown}>
        <Tab tabId="overview" title="Overview">
          <OverviewTab isShown={shown === 'overview'} timezone={problems.portal.timezone} />
        </Tab>
        <Tab tabId="problems" title="Problems">
          <ProblemsTab {...problems} isShown={shown === 'problems'} />
        </Tab>
      </Tabs>
    </Flex>
  );
}
