// The settings page, rendered as HubSpot's testing package does, with Tandem answering as the test says.
import { Button, LoadingButton, Panel, Tabs } from '@hubspot/ui-extensions';
import { createRenderer } from '@hubspot/ui-extensions/testing';
import { expect } from 'vitest';
import { SettingsPage } from '../../../extensions/settings/settings-page.tsx';
import { TandemProvider } from '../../../extensions/ui/tandem-provider.tsx';
import { fakeTandem } from './fake-tandem.ts';
import type { Replies } from './fake-tandem.ts';
import { findersOf, fire, textOf, waitFor } from './nodes.ts';
import { OVERVIEW } from './overview.ts';
import { NO_PARTNERS, SAMPLES } from './mappings.ts';
import { CHOICES, LISTS, settings } from './samples.ts';

const ANSWERS: Replies = {
  'get-overview': () => OVERVIEW,
  'get-settings': () => settings(),
  'get-mapping-choices': () => CHOICES,
  'get-inclusion-lists': () => ({ lists: LISTS }),
  'get-setup': () => ({ isShown: false, steps: [], dryRun: null, firstSync: null }),
  'check-mapping': () => ({ verdict: 'ok', sentences: [] }),
  'get-field-partners': () => NO_PARTNERS,
  'get-mapping-options': () => ({ hubspot: null, salesforce: null }),
  'get-mapping-samples': () => SAMPLES,
};

export interface Person {
  /** Whether HubSpot says that this person may manage integrations. */
  readonly mayEdit?: boolean;
  /** The address that the project's profile has; undefined: none. */
  readonly serviceAddress?: string | undefined;
}

export function renderSettings(replies: Replies = {}, { mayEdit = true, ...person }: Person = {}) {
  const { serviceAddress } = { serviceAddress: 'https://tandem.example.com', ...person };
  const renderer = createRenderer('settings');
  const tandem = fakeTandem({ ...ANSWERS, ...replies });
  const { context, actions } = renderer.mocks;
  context.user.email = 'ada@example.com';
  context.user.permissions = mayEdit ? ['integrations-management-write'] : [];
  context.variables = serviceAddress === undefined ? {} : { TANDEM_SERVICE_URL: serviceAddress };
  renderer.render(
    <TandemProvider call={tandem.call}>
      <SettingsPage context={context} actions={actions} />
    </TandemProvider>,
  );
  const text = (): string => textOf(renderer.getRootNode());
  const loadingButton = (label: string) =>
    renderer.find(LoadingButton, (node) => textOf(node) === label);
  const button = (label: string) => renderer.find(Button, (node) => textOf(node) === label);
  return {
    ...findersOf(renderer),
    waitFor,
    tandem,
    actions,
    text,
    button,
    loadingButton,
    /** Waits until everything that the page fetches is there. */
    loaded: async () => {
      await waitFor(() => {
        expect(button('Add mapping').props.disabled).toBe(false);
      });
      fire(renderer.find(Tabs), 'onSelectedChange', 'mappings');
    },
    /** Opens the panel behind a button and returns what finds things in it. */
    openPanel: (label: string) => {
      fire(button(label), 'onClick');
      return () => {
        const { overlay } = button(label).props;
        if (overlay === undefined) throw new Error(`${label} opens nothing.`);
        return overlay.find(Panel);
      };
    },
  };
}
