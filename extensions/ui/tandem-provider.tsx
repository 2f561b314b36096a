// What every extension is wrapped in: the way to reach Tandem, and the cache of what it answered. An extension
// runs in a worker, without a window or a network state to ask, so queries never pause for being "offline" and
// never refetch on focus.
import { environmentManager, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createContext, useContext, useState } from 'react';
import type { ReactElement, ReactNode } from 'react';
import { callTandem } from './call-tandem.ts';
import type { CallTandem } from './call-tandem.ts';

// Without a window react-query takes itself for a server, and never fetches again by itself.
environmentManager.setIsServer(() => false);

const CallTandemContext = createContext<CallTandem>(callTandem);

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
  /** Left out: HubSpot's serverless functions. */
  readonly call?: CallTandem;
  readonly children: ReactNode;
}

export function TandemProvider({ call = callTandem, children }: TandemProviderProps): ReactElement {
  const [queryClient] = useState(createQueryClient);
  return (
    <CallTandemContext.Provider value={call}>
      <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
    </CallTandemContext.Provider>
  );
}
