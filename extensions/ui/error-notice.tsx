// A call that failed: what happened, what to do, and a button to try again where trying again may help.
import { Alert, Flex, LoadingButton, Text } from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';
import type { ApiError } from '../../src/api/contract.ts';

export interface ErrorNoticeProps {
  /** What could not be done, in a few words. */
  readonly title: string;
  readonly error: ApiError;
  readonly retry?: {
    readonly label?: string;
    readonly running: boolean;
    readonly onRetry: () => void;
  };
}

export function ErrorNotice({ title, error, retry }: ErrorNoticeProps): ReactElement {
  return (
    <Alert title={title} variant="danger">
      <Flex direction="column" gap="small" align="start">
        <Text>{error.message}</Text>
        {error.fix !== null && <Text format={{ fontWeight: 'demibold' }}>{error.fix}</Text>}
        {retry !== undefined && (
          <LoadingButton size="small" loading={retry.running} onClick={retry.onRetry}>
            {retry.label ?? 'Try again'}
          </LoadingButton>
        )}
      </Flex>
    </Alert>
  );
}
