// The entrypoint of the settings page: Connected apps > Tandem > Settings.
import { hubspot } from '@hubspot/ui-extensions';
import { TandemProvider } from '../ui/tandem-provider.tsx';
import { SettingsPage } from './settings-page.tsx';

hubspot.extend<'settings'>(({ context, actions }) => (
  <TandemProvider variables={context.variables}>
    <SettingsPage context={context} actions={actions} />
  </TandemProvider>
));
