// Change events over the Pub/Sub API: a stream for leads and one for contacts under one session of their own, so
// that what Salesforce refuses here doesn't cost the REST calls theirs. Campaign members have no change events.
import { SALESFORCE_OBJECTS, type SalesforceObject } from '../../engine/fields.ts';
import type { ChangeEvents, EventsState } from '../change-events-port.ts';
import { signIn, type SalesforceCredentials, type Session } from '../credentials.ts';
import { overNetwork } from '../exchange.ts';
import { ObjectStream, PATIENCE, type Patience, type Sessions } from './object-stream.ts';
import { connectPubSub } from './pubsub-connection.ts';

export const PUBSUB_ENDPOINT = 'api.pubsub.salesforce.com:7443';

export interface PubSubOptions {
  /** Host and port; a loopback address is spoken to without TLS. */
  readonly endpoint?: string;
  readonly patience?: Partial<Patience>;
  readonly random?: () => number;
}

const SIGN_IN_TIMEOUT_MS = 30_000;

export function createChangeEvents(
  credentials: SalesforceCredentials,
  { endpoint = PUBSUB_ENDPOINT, patience = {}, random = Math.random }: PubSubOptions = {},
): ChangeEvents {
  return {
    subscribe(replayIds, listener) {
      const sessions = sessionsFor(credentials);
      const states = new Map<SalesforceObject, EventsState>();
      let told = '';
      const tell = (object: SalesforceObject, state: EventsState): void => {
        states.set(object, state);
        const whole = together([...states.values()]);
        const text = JSON.stringify(whole);
        if (text === told) return;
        told = text;
        listener.onState(whole);
      };
      for (const object of SALESFORCE_OBJECTS) tell(object, { kind: 'connecting' });
      const streams = SALESFORCE_OBJECTS.map(
        (object) =>
          new ObjectStream({
            object,
            replayId: replayIds[object] ?? null,
            listener,
            onState: (state) => {
              tell(object, state);
            },
            sessions,
            connect: (session) => connectPubSub(endpoint, session),
            patience: { ...PATIENCE, ...patience },
            random,
          }),
      );
      return {
        stop: async () => {
          await Promise.all(streams.map((stream) => stream.stop()));
        },
      };
    },
  };
}

/** A refusal of either is what somebody has to know; only both open are open. */
function together(states: readonly EventsState[]): EventsState {
  const refused = states.find(({ kind }) => kind === 'refused');
  if (refused) return refused;
  const open = states.every(({ kind }) => kind === 'connected');
  return open ? { kind: 'connected' } : { kind: 'connecting' };
}

function sessionsFor(credentials: SalesforceCredentials): Sessions {
  let opening: Promise<Session> | null = null;
  let current: Session | null = null;
  return {
    current: () => {
      opening ??= signIn(credentials, overNetwork(SIGN_IN_TIMEOUT_MS)).then(
        (session) => (current = session),
        (error: unknown) => {
          opening = null;
          throw error;
        },
      );
      return opening;
    },
    forget: (session) => {
      // The other stream may have a newer one already.
      if (session === current) opening = null;
    },
  };
}
