// The watched calls of the page, for the extensions it runs.
import { createContext } from 'react';
import { WatchedCalls } from './watched-calls.ts';

export const CallsContext = createContext(new WatchedCalls());
