// How the states of checks look.
import type { StatusTagProps } from '@hubspot/ui-extensions';
import type { Check } from '../../../src/api/contract.ts';

export const CHECK_TAGS: Readonly<
  Record<
    Check['state'],
    { readonly label: string; readonly variant: NonNullable<StatusTagProps['variant']> }
  >
> = {
  ok: { label: 'Fine', variant: 'success' },
  attention: { label: 'Could be better', variant: 'warning' },
  problem: { label: 'Missing', variant: 'danger' },
  unknown: { label: 'Not known', variant: 'default' },
};
