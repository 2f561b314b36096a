// What a sync wrote, or would write, as a person reads it: with labels, and owners by name.
import type { FieldWrite } from '../engine/outcome.ts';
import type { Side } from '../engine/records.ts';
import type { Workspace } from '../sync/workspace.ts';
import type { FieldChange } from './contract.ts';

type WrittenField = FieldWrite & { readonly side: Side };

/** Fields only: that two records became a pair is told by the outcome. */
export const fieldWritesIn = (writes: readonly FieldWrite[]): WrittenField[] =>
  writes.filter((write): write is WrittenField => write.side !== 'pair');

export function fieldChange(write: WrittenField, workspace: Workspace): FieldChange {
  const { hubspot, salesforce } = workspace.schemas;
  const label =
    write.side === 'hubspot'
      ? hubspot.get(write.field)?.label
      : (salesforce.Lead.get(write.field) ?? salesforce.Contact.get(write.field))?.label;
  const isOwner = write.field === 'hubspot_owner_id' || write.field === 'OwnerId';
  const shown = (value: FieldWrite['before']): string | null =>
    value === null ? null : isOwner ? workspace.owners.name(String(value)) : String(value);
  return {
    side: write.side,
    field: label ?? write.field,
    before: shown(write.before),
    after: shown(write.after),
  };
}
