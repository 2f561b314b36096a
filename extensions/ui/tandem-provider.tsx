// What every extension is wrapped in: the way to reach Tandem, and the cache of what it answered. An extension
// runs in a worker, without a window or a network state to ask, so queries never pause for being "offline" and
// never refetch on focus.
import { environmentManager, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createContext, useContext, useMemo, useState } from 'react';
import type { ReactElement, ReactNode } from 'react';
import { createCallTandem } from './call-tandem.ts';
import type { CallTandem } from './call-tandem.ts';
import { serviceAddressIn } from './service-address.ts';
import type { ProfileVariables } from './service-address.ts';

// Without a window react-query takes itself for a server, and never fetches again by itself.
environmentManager.setIsServer(() => false);

const CallTandemContext = createContext<CallTandem>(createCallTandem(null));

/** The call of the nearest provider. */
export function useCallTandem(): CallTandem {
  return useContext(CallTandemContext);
}

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        networkMode: 'always',
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        retry: false,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}

export interface TandemProviderProps {
  /** Variables of the project's profile, as HubSpot hands them to the extension. */
  readonly variables?: ProfileVariables;
  /** Left out: HubSpot's serverless functions, and the service that the variables name. */
  readonly call?: CallTandem;
  readonly children: ReactNode;
}

export function TandemProvider({ variables, call, children }: TandemProviderProps): ReactElement {
  const address = serviceAddressIn(variables);
  const ownCall = useMemo(() => createCallTandem(address), [address]);
  const [queryClient] = useState(createQueryClient);
  return (
    <CallTandemContext.Provider value={call ?? ownCall}>
      <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
    </CallTandemContext.Provider>
  );
}
