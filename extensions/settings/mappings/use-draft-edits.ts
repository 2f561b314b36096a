// What rows of the table do to the draft, as functions that stay the same while it changes: a row is drawn again only
// when its own mapping has changed.
import { useLayoutEffect, useMemo, useRef } from 'react';
import type { MappingView } from '../../../src/api/contract.ts';
import type { ChoosableRule } from '../../ui/sync-rules.ts';
import { putMapping, removeMapping, setRule } from '../draft.ts';
import type { SettingsDraft } from '../draft.ts';
import { changeMapping } from './mapping-edits.ts';

export interface DraftEdits {
  readonly setRule: (hubspotProperty: string, rule: ChoosableRule) => void;
  /** A default mapping keeps its place; a custom one may have another property by now. */
  readonly change: (mapping: MappingView, replaced: string) => void;
  readonly remove: (hubspotProperty: string) => void;
  /** Mappings as they are now, for who opens a form. */
  readonly mappings: () => readonly MappingView[];
}

export function useDraftEdits(
  draft: SettingsDraft,
  onDraft: (draft: SettingsDraft) => void,
): DraftEdits {
  const latest = useRef({ draft, onDraft });
  useLayoutEffect(() => {
    latest.current = { draft, onDraft };
  });
  return useMemo(() => {
    const edit = (change: (draft: SettingsDraft) => SettingsDraft): void => {
      latest.current.onDraft(change(latest.current.draft));
    };
    return {
      setRule: (hubspotProperty, rule) => {
        edit((now) => setRule(now, hubspotProperty, rule));
      },
      change: (mapping, replaced) => {
        edit((now) =>
          mapping.kind === 'default'
            ? changeMapping(now, mapping)
            : putMapping(now, mapping, replaced),
        );
      },
      remove: (hubspotProperty) => {
        edit((now) => removeMapping(now, hubspotProperty));
      },
      mappings: () => latest.current.draft.mappings,
    };
  }, []);
}
