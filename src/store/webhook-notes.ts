// When HubSpot's webhooks last came, and when one was last turned away: a cursor row each, written once in a while
// and not with every delivery.
import { z } from 'zod';
import type { CursorStore } from './port.ts';

const NAMES = { accepted: 'hubspot webhook accepted', refused: 'hubspot webhook refused' } as const;
const EVERY_MS = { accepted: 5_000, refused: 60_000 } as const;

const noteSchema = z.object({ at: z.string() });

export type DeliveryFate = keyof typeof NAMES;

/** Notes deliveries for one process; a note that fails is none. */
export function webhookNotes(
  cursors: Pick<CursorStore, 'set'>,
  now: () => number,
): (fate: DeliveryFate) => Promise<void> {
  const notedAt = { accepted: -Infinity, refused: -Infinity };
  return async (fate) => {
    if (now() - notedAt[fate] < EVERY_MS[fate]) return;
    notedAt[fate] = now();
    await cursors.set(NAMES[fate], { at: new Date(now()).toISOString() }).catch(() => undefined);
  };
}

/** ISO; null: never. */
export async function lastWebhooks(
  cursors: Pick<CursorStore, 'get'>,
): Promise<Readonly<Record<DeliveryFate, string | null>>> {
  const [accepted, refused] = await Promise.all([
    cursors.get(NAMES.accepted),
    cursors.get(NAMES.refused),
  ]);
  const at = (value: unknown): string | null => noteSchema.safeParse(value).data?.at ?? null;
  return { accepted: at(accepted), refused: at(refused) };
}
