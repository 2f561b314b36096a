// What Tandem says about the fields that are being mapped. There is always one line here, so that the form
// doesn't jump while it is filled in.
import { Alert, LoadingSpinner, Text } from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';
import type { MappingVerdict } from '../../../src/api/contract.ts';
import { apiErrorOf } from '../../ui/call-tandem.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import type { Fetched } from '../../ui/fetched.ts';

const VERDICT_TITLES: Readonly<
  Record<MappingVerdict['verdict'], { title: string; variant: 'success' | 'warning' | 'danger' }>
> = {
  ok: { title: 'These fields go together', variant: 'success' },
  warning: { title: 'Possible, with care', variant: 'warning' },
  refused: { title: 'These fields cannot be mapped', variant: 'danger' },
};

export interface MappingVerdictNoteProps {
  /** Why the pick cannot be checked: parts of it are mapped already. */
  readonly taken: readonly string[];
  readonly verdict: Fetched<MappingVerdict>;
}

export function MappingVerdictNote({ taken, verdict }: MappingVerdictNoteProps): ReactElement {
  if (taken.length > 0) {
    return (
      <Alert title="Already mapped" variant="danger">
        {taken.join(' ')}
      </Alert>
    );
  }
  if (verdict.isFetching) return <LoadingSpinner label="Checking the types" showLabel />;
  if (verdict.error !== null) {
    return (
      <ErrorNotice
        title="The types could not be checked"
        error={apiErrorOf(verdict.error)}
        retry={{ running: false, onRetry: verdict.refetch }}
      />
    );
  }
  if (verdict.value === undefined) {
    return (
      <Text variant="microcopy">
        Choose a property and at least one field: their types are checked as you choose.
      </Text>
    );
  }
  const { title, variant } = VERDICT_TITLES[verdict.value.verdict];
  return (
    <Alert title={title} variant={variant}>
      {verdict.value.sentences.join(' ')}
    </Alert>
  );
}
