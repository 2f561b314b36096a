// The settings page: fetches what is saved, keeps the admin's changes as a draft, and saves them as one new
// version. The tabs only show the draft and say how it changes.
import { Flex, LoadingSpinner, Tab, Tabs } from '@hubspot/ui-extensions';
import type { ExtensionPointApi } from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { ReactElement } from 'react';
import type { MappingView, RunView, SettingsView } from '../../src/api/contract.ts';
import { apiErrorOf } from '../ui/call-tandem.ts';
import { PauseNotice } from '../ui/pause-notice.tsx';
import { ConnectionTab } from './connection/connection-tab.tsx';
import { CreationTab } from './creation/creation-tab.tsx';
import { documentOf, draftOf, isChanged, isSame, withPart } from './draft.ts';
import type { SettingsDraft } from './draft.ts';
import { BackfillOffer } from './effect/backfill-offer.tsx';
import { EffectButton } from './effect/effect-button.tsx';
import { toBackfill } from './mappings/mapping-edits.ts';
import { MappingsTab } from './mappings/mappings-tab.tsx';
import { InclusionTab } from './inclusion/inclusion-tab.tsx';
import { OverviewTab } from './overview/overview-tab.tsx';
import { ProblemsTab } from './problems/problems-tab.tsx';
import { ReadOnlyNotice, whyReadOnly } from './read-only.tsx';
import { RunsTab } from './runs/runs-tab.tsx';
import { SaveBar } from './save-bar.tsx';
import { SaveFailure } from './save-failure.tsx';
import { SetupGuide } from './setup/setup-guide.tsx';
import { SettingsUnavailable } from './settings-unavailable.tsx';
import { VersionsTab } from './versions/versions-tab.tsx';
import {
  useInclusionLists,
  useMappingChoices,
  useSaveSettings,
  useSettings,
} from './use-settings.ts';

type SettingsApi = ExtensionPointApi<'settings'>;

export interface SettingsPageProps {
  readonly context: SettingsApi['context'];
  readonly actions: Pick<
    SettingsApi['actions'],
    'addAlert' | 'closeOverlay' | 'copyTextToClipboard'
  >;
}

export function SettingsPage(props: SettingsPageProps): ReactElement {
  const { actions, context } = props;
  const { portal } = context;
  const settings = useSettings();
  if (settings.value === undefined) {
    return settings.error === null ? (
      <LoadingSpinner label="Loading the settings" showLabel layout="centered" />
    ) : (
      <SettingsUnavailable
        error={apiErrorOf(settings.error)}
        isRetrying={settings.isFetching}
        onRetry={settings.refetch}
        portal={portal}
        readOnly={whyReadOnly(context) !== null}
        onStarted={tellStarted(actions)}
        copyText={actions.copyTextToClipboard}
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

const FIRST_TAB = 'overview';
/** Tabs on which something can be changed that is saved. */
const EDITED_TABS: readonly (string | number)[] = [
  'mappings',
  'inclusion',
  'creation',
  'connection',
];

const tellStarted =
  ({ addAlert }: Pick<SettingsPageProps['actions'], 'addAlert'>) =>
  ({ id, title, dry }: RunView): void => {
    addAlert({
      type: 'success',
      title: dry ? 'Dry run started' : 'Run started',
      message: `${title}, number ${id}.`,
    });
  };

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
  const hasChanges = isChanged(saved, draft);
  const [shown, setShown] = useState<string | number>(FIRST_TAB);
  const choices = useMappingChoices();
  const lists = useInclusionLists();
  const [unfilled, setUnfilled] = useState<readonly MappingView[]>([]);
  const saving = useSaveSettings(({ version, mappings }, { baseVersion, parts }) => {
    setUnfilled(toBackfill(saved.mappings, mappings));
    // What was changed while it was on its way are changes to what it saved.
    setEdited((now) =>
      now?.version === baseVersion && !isSame(documentOf(now.draft), parts)
        ? { version, draft: now.draft }
        : null,
    );
    actions.addAlert({
      type: 'success',
      title: 'Settings saved',
      message: `Version ${version} is in force now.`,
    });
  });
  const why = whyReadOnly(context);
  const readOnly = why !== null;

  const edit = (changed: SettingsDraft): void => {
    // A save on its way goes on; forgotten, it could be pressed again.
    if (saving.error !== null) saving.reset();
    setEdited({ version: saved.version, draft: changed });
  };
  const save = (note: string): void => {
    saving.save({ baseVersion: saved.version, parts: documentOf(draft), note });
  };

  return (
    <Flex direction="column" gap="medium">
      <ReadOnlyNotice why={why} />
      <PauseNotice paused={saved.document.paused} next="Resume it on the Connection tab." />
      <SetupGuide
        version={saved.version}
        portalId={portal.id}
        readOnly={readOnly}
        onTab={setShown}
        onStarted={tellStarted(actions)}
        closeOverlay={actions.closeOverlay}
        copyText={actions.copyTextToClipboard}
      />
      <Tabs
        selected={shown}
        onSelectedChange={(tabId: string | number) => {
          setShown(tabId);
        }}
      >
        <Tab tabId="overview" title="Overview">
          <OverviewTab isShown={shown === 'overview'} timezone={portal.timezone} />
        </Tab>
        <Tab tabId="mappings" title="Field mappings">
          <MappingsTab
            draft={draft}
            choices={choices}
            readOnly={readOnly}
            onDraft={edit}
            closeOverlay={actions.closeOverlay}
            copyText={actions.copyTextToClipboard}
          />
        </Tab>
        <Tab tabId="inclusion" title="Inclusion list">
          <InclusionTab
            draft={draft}
            hasChanges={hasChanges}
            version={saved.version}
            lists={lists}
            isShown={shown === 'inclusion'}
            portal={portal}
            readOnly={readOnly}
            onDraft={edit}
          />
        </Tab>
        <Tab tabId="creation" title="Creating and deleting">
          <CreationTab
            isShown={shown === 'creation'}
            draft={draft}
            version={saved.version}
            readOnly={readOnly}
            onDraft={edit}
          />
        </Tab>
        <Tab tabId="runs" title="Runs">
          <RunsTab
            isShown={shown === 'runs'}
            lists={lists}
            mappings={saved.mappings}
            portal={portal}
            readOnly={readOnly}
            onStarted={tellStarted(actions)}
            closeOverlay={actions.closeOverlay}
            copyText={actions.copyTextToClipboard}
          />
        </Tab>
        <Tab tabId="problems" title="Problems">
          <ProblemsTab
            isShown={shown === 'problems'}
            portal={portal}
            readOnly={readOnly}
            onStarted={tellStarted(actions)}
            copyText={actions.copyTextToClipboard}
          />
        </Tab>
        <Tab tabId="versions" title="Versions">
          <VersionsTab
            isShown={shown === 'versions'}
            timezone={portal.timezone}
            current={saved.version}
            readOnly={readOnly}
            hasChanges={hasChanges}
            onRestored={({ version, note }) => {
              actions.addAlert({
                type: 'success',
                title: note,
                message: `Version ${version} is in force now.`,
              });
            }}
            closeOverlay={actions.closeOverlay}
          />
        </Tab>
        <Tab tabId="connection" title="Connection">
          <ConnectionTab
            isShown={shown === 'connection'}
            paused={draft.document.paused}
            readOnly={readOnly}
            onPaused={(paused) => {
              edit(withPart(draft, 'paused', paused));
            }}
          />
        </Tab>
      </Tabs>
      {unfilled.length > 0 && (
        <BackfillOffer
          mappings={unfilled}
          onStarted={(run) => {
            setUnfilled([]);
            tellStarted(actions)(run);
          }}
          onLater={() => {
            setUnfilled([]);
          }}
        />
      )}
      {isEdited && saving.error !== null && (
        <SaveFailure error={saving.error} isReloading={isReloading} onReload={onReload} />
      )}
      {(EDITED_TABS.includes(shown) || hasChanges) && (
        <SaveBar
          key={saved.version}
          saved={saved}
          timezone={portal.timezone}
          hasChanges={hasChanges}
          isSaving={saving.isSaving}
          readOnly={why}
          effect={<EffectButton draft={draft} disabled={!hasChanges || saving.isSaving} />}
          onSave={save}
          onDiscard={() => {
            edit(draftOf(saved));
          }}
        />
      )}
    </Flex>
  );
}
