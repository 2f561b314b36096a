// Which of several entries (tabs, menu items) a key moves the focus to: the arrows go around, Home and End to the ends.

export interface ArrowKeys {
  readonly forward: string;
  readonly back: string;
}

export const ALONG_ROW: ArrowKeys = { forward: 'ArrowRight', back: 'ArrowLeft' };
export const ALONG_COLUMN: ArrowKeys = { forward: 'ArrowDown', back: 'ArrowUp' };

/** Null when the key moves nothing. */
export function entryMovedTo(
  key: string,
  entries: readonly HTMLElement[],
  { forward, back }: ArrowKeys,
): HTMLElement | null {
  const current = entries.findIndex((entry) => entry === document.activeElement);
  if (key === 'Home') return entries[0] ?? null;
  if (key === 'End') return entries.at(-1) ?? null;
  if (key === forward) return entries[(current + 1) % entries.length] ?? null;
  if (key === back) return entries.at(current <= 0 ? -1 : current - 1) ?? null;
  return null;
}
