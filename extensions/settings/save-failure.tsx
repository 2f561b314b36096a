// Saving failed: nothing was saved, and the changes are still there. When somebody else saved meanwhile, the way
// on is to load what they saved.
import type { ReactElement } from 'react';
import { apiErrorOf } from '../ui/call-tandem.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';

export interface SaveFailureProps {
  readonly error: Error;
  readonly isReloading: boolean;
  readonly onReload: () => void;
}

export function SaveFailure({ error, isReloading, onReload }: SaveFailureProps): ReactElement {
  const apiError = apiErrorOf(error);
  if (apiError.code !== 'SETTINGS_CHANGED_MEANWHILE') {
    return <ErrorNotice title="Nothing was saved" error={apiError} />;
  }
  return (
    <ErrorNotice
      title="Somebody else saved meanwhile"
      error={{ ...apiError, fix: 'Reload the settings and make your changes again.' }}
      retry={{ label: 'Reload the settings', running: isReloading, onRetry: onReload }}
    />
  );
}
