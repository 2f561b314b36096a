// The app's settings page, as HubSpot shows it under Connected apps.
import { useMemo } from 'react';
import type { ReactElement } from 'react';
import { ExtensionFrame } from '../extension-frame.tsx';
import { settingsContext } from './extension-context.ts';
import type { SeenConfig } from './extension-context.ts';

const SETTINGS_BUNDLE = 'SettingsPage.js';

export interface SettingsPageProps {
  readonly config: SeenConfig;
  /** Null: all there is. */
  readonly width: number | null;
}

export function SettingsPage({ config, width }: SettingsPageProps): ReactElement {
  const context = useMemo(() => settingsContext(config), [config]);
  return (
    <main className="settings-page" style={width === null ? undefined : { maxWidth: width }}>
      <p className="breadcrumb">Settings › Integrations › Connected apps</p>
      <h1>{config.app.appName}</h1>
      <section className="record-box" aria-label="Settings of the app">
        <h2 className="ui-spoken">Settings of the app</h2>
        <div className="record-box-content">
          <ExtensionFrame
            key={config.user.id}
            bundle={SETTINGS_BUNDLE}
            context={context}
            properties={null}
          />
        </div>
      </section>
    </main>
  );
}
