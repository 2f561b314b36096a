// Checks of one area: what needs something stands open, all that is fine waits behind one line.
import { Accordion, EmptyState, Flex, Heading, Text } from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';
import type { Check } from '../../../src/api/contract.ts';
import { StatusStep } from '../../ui/status-step.tsx';
import { CHECK_TAGS } from './check-states.ts';

export interface CheckListProps {
  readonly title: string;
  readonly checks: readonly Check[];
}

/** So few are shown whether they are fine or not. */
const FEW = 4;

export function CheckList({ title, checks }: CheckListProps): ReactElement {
  const fine = checks.filter(({ state }) => state === 'ok');
  const isShort = checks.length <= FEW;
  const open = isShort ? checks : checks.filter(({ state }) => state !== 'ok');
  return (
    <Flex direction="column" gap="small">
      <Heading>{title}</Heading>
      {checks.length === 0 && (
        <EmptyState title="Nothing to check" flush imageWidth={80}>
          <Text>It can be checked once the other side answers.</Text>
        </EmptyState>
      )}
      {open.map((check) => (
        <OneCheck key={check.id} check={check} />
      ))}
      {!isShort && fine.length > 0 && (
        <Accordion
          title={`${fine.length === checks.length ? `All ${fine.length}` : fine.length} fine`}
          size="small"
        >
          <Flex direction="column" gap="small">
            {fine.map((check) => (
              <OneCheck key={check.id} check={check} />
            ))}
          </Flex>
        </Accordion>
      )}
    </Flex>
  );
}

function OneCheck({ check }: { readonly check: Check }): ReactElement {
  const { title, state, sentence, fix } = check;
  return (
    <StatusStep title={title} tag={CHECK_TAGS[state]} sentence={sentence}>
      {fix !== null && <Text variant="microcopy">{fix}</Text>}
    </StatusStep>
  );
}
