// Mappings that cannot be used for this record now, and why: what is missing from the fields, said once below them.
import { Accordion, Flex, Text } from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';
import type { RecordView } from '../../src/api/contract.ts';

export function LeftOut({ leftOut }: Pick<RecordView, 'leftOut'>): ReactElement | null {
  if (leftOut.length === 0) return null;
  const title =
    leftOut.length === 1 ? '1 mapping cannot be used' : `${leftOut.length} mappings cannot be used`;
  return (
    <Accordion title={title} size="small">
      <Flex direction="column" gap="small">
        {leftOut.map(({ hubspotLabel, sentence }) => (
          <Flex key={hubspotLabel} direction="column" gap="flush">
            <Text format={{ fontWeight: 'demibold' }}>{hubspotLabel}</Text>
            <Text variant="microcopy">{sentence}</Text>
          </Flex>
        ))}
      </Flex>
    </Accordion>
  );
}
