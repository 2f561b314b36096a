// The card, rendered as HubSpot's testing package does, with Tandem answering as the test says.
import { Button } from '@hubspot/ui-extensions';
import { createRenderer } from '@hubspot/ui-extensions/testing';
import { SyncCard } from '../../../extensions/card/sync-card.tsx';
import { TandemProvider } from '../../../extensions/ui/tandem-provider.tsx';
import { fakeTandem } from './fake-tandem.ts';
import type { Replies } from './fake-tandem.ts';
import { findersOf, fire, textOf, waitFor } from './nodes.ts';
import { CONTACT_ID } from './samples.ts';

type CardLocation = 'crm.record.sidebar' | 'crm.record.tab';

export function renderCard(replies: Replies, location: CardLocation = 'crm.record.tab') {
  const renderer = createRenderer('crm.record.sidebar');
  const tandem = fakeTandem(replies);
  const { context, actions } = renderer.mocks;
  context.location = location;
  context.crm.objectId = Number(CONTACT_ID);
  renderer.render(
    <TandemProvider call={tandem.call}>
      <SyncCard context={context} actions={actions} />
    </TandemProvider>,
  );
  const button = (label: string) => renderer.find(Button, (node) => textOf(node) === label);
  /** What the dialog behind a button shows; opened with a click. */
  const dialog = (label: string) => {
    const { overlay } = button(label).props;
    if (overlay === undefined) throw new Error(`${label} opens nothing.`);
    return overlay;
  };
  return {
    ...findersOf(renderer),
    button,
    dialog,
    openDialog: (label: string) => {
      fire(button(label), 'onClick');
      return () => dialog(label);
    },
    waitFor,
    tandem,
    actions,
    text: () => textOf(renderer.getRootNode()),
  };
}
