// How the card shows each state of a contact: the tag's words and colour.
import type { StatusTagProps } from '@hubspot/ui-extensions';
import type { RecordView } from '../../src/api/contract.ts';

export interface StateTag {
  readonly label: string;
  readonly variant: NonNullable<StatusTagProps['variant']>;
  readonly hollow: boolean;
}

export const STATE_TAGS: Readonly<Record<RecordView['state'], StateTag>> = {
  inSync: { label: 'In sync', variant: 'success', hollow: false },
  waiting: { label: 'Waiting', variant: 'info', hollow: false },
  problem: { label: 'Needs attention', variant: 'danger', hollow: false },
  notSyncing: { label: 'Not syncing', variant: 'default', hollow: false },
  neverSynced: { label: 'Never synced', variant: 'default', hollow: true },
};
