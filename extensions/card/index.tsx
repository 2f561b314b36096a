// The entrypoint of the card, in the sidebar and in a tab of a contact.
import { hubspot } from '@hubspot/ui-extensions';
import { TandemProvider } from '../ui/tandem-provider.tsx';
import { SyncCard } from './sync-card.tsx';

hubspot.extend<'crm.record.sidebar'>(({ context, actions }) => (
  <TandemProvider variables={context.variables}>
    <SyncCard context={context} actions={actions} />
  </TandemProvider>
));
