// The entrypoint of "Sync selected to Salesforce", a bulk action on the contacts page.
import { hubspot } from '@hubspot/ui-extensions';
import { TandemProvider } from '../ui/tandem-provider.tsx';
import { SyncSelected } from './sync-selected.tsx';

hubspot.extend<'crm.bulkActions'>(({ context }) => (
  <TandemProvider variables={context.variables}>
    <SyncSelected contactIds={context.crm.objectIds} />
  </TandemProvider>
));
