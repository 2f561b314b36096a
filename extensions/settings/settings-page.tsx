// The settings page: fetches what is saved, keeps the admin's changes as a draft, and saves them as one new
// version. The tabs only show the draft and say how it changes.
import { Flex, LoadingSpinner, Tab, Tabs } from '@hubspot/ui-extensions';
import type { ExtensionPointApi } from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { ReactElement } from 'react';
import type { SettingsView } from '../../src/api/contract.ts';
import { apiErrorOf } from '../ui/call-tandem.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { CreationTab } from './creation-tab.tsx';
import { draftOf, isChanged, savedPart } from './draft.ts';
import type { SettingsDraft } from './draft.ts';
import { InclusionTab } from './inclusion-tab.tsx';
import { MappingsTab } from './mappings-tab.tsx';
import { ReadOnlyNotice, whyReadOnly } from './read-only.tsx';
import { RunsTab } from './runs/runs-tab.tsx';
import { SaveBar } from './save-bar.tsx';
import { SaveFailure } from './save-failure.tsx';
import {
  useInclusionLists,
  useMappingChoices,
  useSaveSettings,
  useSettings,
} from './use-settings.ts';

type SettingsApi = ExtensionPointApi<'settings'>;

export interface SettingsPageProps {
  readonly context: SettingsApi['context'];
  readonly actions: Pick<SettingsApi['actions'], 'addAlert' | 'closeOverlay'>;
}

export function SettingsPage(props: SettingsPageProps): ReactElement {
  const settings = useSettings();
  if (settings.value === undefined) {
    return settings.error === null ? (
      <LoadingSpinner label="Loading the settings" showLabel layout="centered" />
    ) : (
      <ErrorNotice
        title="The settings could not be loaded"
        error={apiErrorOf(settings.error)}
        retry={{ running: settings.isFetching, onRetry: settings.refetch }}
      />
    );
  }
  return (
    <SettingsEditor
      {...props}
      saved={settings.value}
      isReloading={settings.isFetching}
      onReload={settings.refetch}
    />
  );
}

/** Changes belong to the version they were made on: with a newer one in force there are none. */
interface Edited {
  readonly version: number;
  readonly draft: SettingsDraft;
}

interface SettingsEditorProps extends SettingsPageProps {
  readonly saved: SettingsView;
  readonly isReloading: boolean;
  readonly onReload: () => void;
}

function SettingsEditor(props: SettingsEditorProps): ReactElement {
  const { context, actions, saved, isReloading, onReload } = props;
  const { portal } = context;
  const [edited, setEdited] = useState<Edited | null>(null);
  const isEdited = edited?.version === saved.version;
  const draft = isEdited ? edited.draft : draftOf(saved);
  const [isOnRuns, setOnRuns] = useState(false);
  const choices = useMappingChoices();
  const lists = useInclusionLists();
  const saving = useSaveSettings(({ version }) => {
    actions.addAlert({
      type: 'success',
      title: 'Settings saved',
      message: `Version ${version} is in force now.`,
    });
  });
  const why = whyReadOnly(context);
  const readOnly = why !== null;

  const edit = (changed: SettingsDraft): void => {
    saving.reset();
    setEdited({ version: saved.version, draft: changed });
  };
  const save = (note: string): void => {
    saving.save({ baseVersion: saved.version, ...savedPart(draft), note });
  };

  return (
    <Flex direction="column" gap="medium">
      <ReadOnlyNotice why={why} />
      <Tabs
        defaultSelected="mappings"
        onSelectedChange={(tabId: string | number) => {
          setOnRuns(tabId === 'runs');
        }}
      >
        <Tab tabId="mappings" title="Field mappings">
          <MappingsTab
            draft={draft}
            choices={choices}
            readOnly={readOnly}
            onDraft={edit}
            closeOverlay={actions.closeOverlay}
          />
        </Tab>
        <Tab tabId="inclusion" title="Inclusion list">
          <InclusionTab
            listId={draft.inclusion.listId}
            lists={lists}
            readOnly={readOnly}
            onListId={(listId) => {
              edit({ ...draft, inclusion: { listId } });
            }}
          />
        </Tab>
        <Tab tabId="creation" title="Creating records">
          <CreationTab
            creation={draft.creation}
            readOnly={readOnly}
            onCreation={(creation) => {
              edit({ ...draft, creation });
            }}
          />
        </Tab>
        <Tab tabId="runs" title="Runs">
          <RunsTab
            isShown={isOnRuns}
            lists={lists}
            mappings={saved.mappings}
            portal={portal}
            readOnly={readOnly}
            onStarted={({ id, title, dry }) => {
              actions.addAlert({
                type: 'success',
                title: dry ? 'Dry run started' : 'Run started',
                message: `${title}, number ${id}.`,
              });
            }}
            closeOverlay={actions.closeOverlay}
          />
        </Tab>
      </Tabs>
      {isEdited && saving.error !== null && (
        <SaveFailure error={saving.error} isReloading={isReloading} onReload={onReload} />
      )}
      <SaveBar
        key={saved.version}
        saved={saved}
        timezone={portal.timezone}
        hasChanges={isChanged(saved, draft)}
        isSaving={saving.isSaving}
        readOnly={readOnly}
        onSave={save}
        onDiscard={() => {
          edit(draftOf(saved));
        }}
      />
    </Flex>
  );
}
