// Why something was not synced, and what an admin can do about it. The sentences come from Tandem; this only
// leaves out what has been said beside it already.
import { Flex, Text } from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';
import type { ReasonView } from '../../src/api/contract.ts';

export interface ReasonNoteProps {
  readonly reason: ReasonView;
  /** A sentence that stands beside the note. */
  readonly said?: string;
}

export function ReasonNote({ reason, said }: ReasonNoteProps): ReactElement | null {
  const sentence = reason.sentence === said ? null : reason.sentence;
  if (sentence === null && reason.fix === null) return null;
  return (
    <Flex direction="column" gap="flush">
      {sentence !== null && <Text variant="microcopy">{sentence}</Text>}
      {reason.fix !== null && (
        <Text variant="microcopy" format={{ fontWeight: 'demibold' }}>
          {`What to do: ${reason.fix}`}
        </Text>
      )}
    </Flex>
  );
}
