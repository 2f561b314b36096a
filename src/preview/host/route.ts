// Which screen the page shows, kept in its address: `/?contact=51&location=tab` or `/?page=settings`; and after it the
// switches that are not at their usual place (switches.ts).
import { useCallback, useEffect, useMemo, useState } from 'react';
import { switchesFrom, switchesInAddress, USUAL_SWITCHES } from './switches.ts';
import type { Switches } from './switches.ts';

export type CardLocation = 'sidebar' | 'tab';

export type Route =
  | { readonly page: 'record'; readonly contactId: string | null; readonly location: CardLocation }
  | { readonly page: 'settings' };

export function routeFrom(search: string): Route {
  const parameters = new URLSearchParams(search);
  if (parameters.get('page') === 'settings') return { page: 'settings' };
  return {
    page: 'record',
    contactId: parameters.get('contact'),
    location: parameters.get('location') === 'tab' ? 'tab' : 'sidebar',
  };
}

export function addressOf(route: Route, switches: Switches = USUAL_SWITCHES): string {
  const parameters = new URLSearchParams();
  if (route.page === 'settings') parameters.set('page', 'settings');
  else {
    if (route.contactId !== null) parameters.set('contact', route.contactId);
    parameters.set('location', route.location);
  }
  for (const [name, value] of switchesInAddress(switches)) parameters.set(name, value);
  // Commas stay readable.
  return `/?${parameters.toString().replaceAll('%2C', ',')}`;
}

export interface Routing {
  readonly route: Route;
  readonly switches: Switches;
  readonly go: (route: Route, how?: 'push' | 'replace') => void;
  /** Changes some of the switches, and stays on the page. */
  readonly turn: (changes: Partial<Switches>) => void;
}

interface Place {
  readonly route: Route;
  readonly switches: Switches;
}

function placeNow(): Place {
  const { search } = window.location;
  return { route: routeFrom(search), switches: switchesFrom(search) };
}

/** Where another width goes. */
function frameOf(route: Route): string {
  return route.page === 'settings' ? 'settings' : route.location;
}

/** The current place, and how to change it; the browser's Back works. */
export function useRoute(): Routing {
  const [place, setPlace] = useState(placeNow);
  useEffect(() => {
    const onPop = (): void => {
      setPlace(placeNow());
    };
    window.addEventListener('popstate', onPop);
    return () => {
      window.removeEventListener('popstate', onPop);
    };
  }, []);
  const show = useCallback(({ route, switches }: Place, how: 'push' | 'replace') => {
    const address = addressOf(route, switches);
    if (how === 'push') window.history.pushState(null, '', address);
    else window.history.replaceState(null, '', address);
    setPlace({ route, switches });
  }, []);
  const go = useCallback(
    (route: Route, how: 'push' | 'replace' = 'push') => {
      // Read anew: what is called later must not undo what was switched since.
      const before = placeNow();
      const staysInFrame = frameOf(before.route) === frameOf(route);
      const switches = staysInFrame ? before.switches : { ...before.switches, width: null };
      show({ route, switches }, how);
    },
    [show],
  );
  const turn = useCallback(
    (changes: Partial<Switches>) => {
      const { route, switches } = placeNow();
      show({ route, switches: { ...switches, ...changes } }, 'replace');
    },
    [show],
  );
  return useMemo(() => ({ ...place, go, turn }), [place, go, turn]);
}
