// One step or check: what it is, how it stands, and a sentence about it; more of it below.
import { Flex, StatusTag, Text } from '@hubspot/ui-extensions';
import type { StatusTagProps } from '@hubspot/ui-extensions';
import type { ReactElement, ReactNode } from 'react';

export interface StatusStepProps {
  readonly title: string;
  readonly tag: Pick<StatusTagProps, 'variant' | 'hollow'> & { readonly label: string };
  /** May be empty. */
  readonly sentence: string;
  readonly children?: ReactNode;
}

export function StatusStep({ title, tag, sentence, children }: StatusStepProps): ReactElement {
  const { label, ...look } = tag;
  return (
    <Flex direction="column" gap="extra-small">
      <Flex direction="row" gap="small" align="center" wrap>
        <Text format={{ fontWeight: 'demibold' }}>{title}</Text>
        <StatusTag {...look}>{label}</StatusTag>
      </Flex>
      {sentence !== '' && <Text>{sentence}</Text>}
      {children}
    </Flex>
  );
}
