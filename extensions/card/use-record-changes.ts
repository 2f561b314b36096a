// Reads the contact again when a mapped property changes on HubSpot's page, so that the card doesn't go on
// telling what the next sync would have done before. HubSpot offers no way to stop listening: one subscription,
// for the properties known first.
import type { ExtensionPointApiActions } from '@hubspot/ui-extensions';
import { useEffect, useRef } from 'react';
import type { RecordView } from '../../src/api/contract.ts';

export type WatchProperties =
  ExtensionPointApiActions<'crm.record.sidebar'>['onCrmPropertiesUpdate'];

export function useRecordChanges(
  record: RecordView | undefined,
  watch: WatchProperties,
  onChange: () => void,
): void {
  const latest = useRef(onChange);
  const isWatching = useRef(false);
  useEffect(() => {
    latest.current = onChange;
  });
  useEffect(() => {
    const names = record?.fields.map(({ hubspotProperty }) => hubspotProperty) ?? [];
    if (isWatching.current || names.length === 0) return;
    isWatching.current = true;
    watch(names, () => {
      latest.current();
    });
  }, [record, watch]);
}
