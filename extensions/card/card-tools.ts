// What every part of the card needs to do something: whose card it is, what is being done, and how to do more.
import type { Deeds } from './use-deeds.ts';

export interface CardTools extends Pick<Deeds, 'running' | 'run'> {
  readonly contactId: string;
  readonly portalId: number;
  /** The portal's. */
  readonly timezone: string;
  /** In a sidebar there is no room for tables. */
  readonly compact: boolean;
  readonly closeOverlay: (id: string) => void;
}
