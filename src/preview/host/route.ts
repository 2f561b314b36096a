// Which screen the page shows, kept in its address: `/?contact=51&location=tab` or `/?page=settings`.
import { useCallback, useEffect, useState } from 'react';

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

export function addressOf(route: Route): string {
  if (route.page === 'settings') return '/?page=settings';
  const parameters = new URLSearchParams();
  if (route.contactId !== null) parameters.set('contact', route.contactId);
  parameters.set('location', route.location);
  return `/?${parameters.toString()}`;
}

export interface Routing {
  readonly route: Route;
  readonly go: (route: Route, how?: 'push' | 'replace') => void;
}

/** The current route, and how to change it; the browser's Back works. */
export function useRoute(): Routing {
  const [route, setRoute] = useState(() => routeFrom(window.location.search));
  useEffect(() => {
    const onPop = (): void => {
      setRoute(routeFrom(window.location.search));
    };
    window.addEventListener('popstate', onPop);
    return () => {
      window.removeEventListener('popstate', onPop);
    };
  }, []);
  const go = useCallback((next: Route, how: 'push' | 'replace' = 'push') => {
    if (how === 'push') window.history.pushState(null, '', addressOf(next));
    else window.history.replaceState(null, '', addressOf(next));
    setRoute(next);
  }, []);
  return { route, go };
}
