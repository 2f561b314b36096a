// Unsubscribing from all e-mail, the only way to set `hs_email_optout` (hubspot-api §2.1). Shapes from
// HubSpot's reference: POST …/statuses/{email}/unsubscribe-all answers one list of statuses, one per
// subscription; POST …/statuses/batch/unsubscribe-all takes {inputs: [email]} and answers one entry
// {subscriberIdString, statuses} per e-mail; both want `channel`. GET …/unsubscribe-all and the batch
// …/unsubscribe-all/read answer "wide" statuses, none for an e-mail that hasn't opted out. Not documented,
// so decided: at most 100 e-mails a call, a malformed one refuses the call, and an e-mail that no contact
// holds is kept for a contact to come.
import { z } from 'zod';
import type { ChangeSource } from '../auth.ts';
import { batchAnswer, bodyOf, pathPart, type Call, type Routes } from '../call.ts';
import { invalidRequest } from '../errors.ts';
import type { Preferences } from './preferences.ts';

const inputsSchema = z.object({ inputs: z.array(z.string()) });

const LARGEST_BATCH = 100;
const SUBSCRIPTIONS = [
  { subscriptionId: 710_001, subscriptionName: 'Marketing Information' },
  { subscriptionId: 710_002, subscriptionName: 'One to One' },
];

function demandChannel(call: Call): void {
  if (call.request.query.get('channel') !== 'EMAIL')
    throw invalidRequest("Query parameter 'channel' is required; EMAIL is the only one here.");
}

function demandEmails(emails: readonly string[]): void {
  if (emails.length > LARGEST_BATCH)
    throw invalidRequest(
      `The maximum number of inputs supported in a batch request is ${LARGEST_BATCH}. Number of inputs received: ${emails.length}`,
    );
  const malformed = emails.find((email) => !/^[^\s@]+@[^\s@]+$/.test(email));
  if (malformed !== undefined) throw invalidRequest(`Email address ${malformed} is invalid`);
}

export function preferenceRoutes(preferences: Preferences): Routes {
  const unsubscribe = (email: string, source: ChangeSource): Record<string, unknown>[] => {
    const isNew = preferences.unsubscribeAll(email, source);
    return SUBSCRIPTIONS.map((subscription) => ({
      ...subscription,
      channel: 'EMAIL',
      subscriberIdString: email,
      status: 'UNSUBSCRIBED',
      source: `${source.sourceType}:${source.sourceId}`,
      setStatusSuccessReason: isNew ? 'UNSUBSCRIBE_FROM_ALL_OCCURRED' : 'NO_STATUS_CHANGE',
      timestamp: preferences.since(email),
    }));
  };

  const wideStatuses = (email: string): Record<string, unknown>[] => {
    const timestamp = preferences.since(email);
    if (timestamp === undefined) return [];
    return [
      {
        channel: 'EMAIL',
        status: 'UNSUBSCRIBED',
        subscriberIdString: email,
        timestamp,
        wideStatusType: 'PORTAL_WIDE',
      },
    ];
  };

  return {
    'POST /communication-preferences/statuses/{email}/unsubscribe-all': (call) => {
      demandChannel(call);
      const email = pathPart(call, 'email');
      demandEmails([email]);
      return batchAnswer(200, preferences.now(), unsubscribe(email, call.caller.source));
    },

    'GET /communication-preferences/statuses/{email}/unsubscribe-all': (call) =>
      batchAnswer(200, preferences.now(), wideStatuses(pathPart(call, 'email'))),

    'POST /communication-preferences/statuses/batch/unsubscribe-all': (call) => {
      demandChannel(call);
      const { inputs } = bodyOf(call, inputsSchema);
      demandEmails(inputs);
      const results = inputs.map((email) => ({
        subscriberIdString: email,
        statuses: unsubscribe(email, call.caller.source),
      }));
      return batchAnswer(200, preferences.now(), results);
    },

    'POST /communication-preferences/statuses/batch/unsubscribe-all/read': (call) => {
      const { inputs } = bodyOf(call, inputsSchema);
      demandEmails(inputs);
      const results = inputs.map((email) => ({
        subscriberIdString: email,
        wideStatuses: wideStatuses(email),
      }));
      return batchAnswer(200, preferences.now(), results);
    },
  };
}
