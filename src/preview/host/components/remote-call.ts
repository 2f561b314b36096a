// Calling an extension's handlers. They are functions in the worker behind a message: every call is asynchronous
// and may fail there, long after the click. A failure belongs in the console, as in HubSpot, never in the page.

type Handler<Arguments extends readonly unknown[]> = (...values: Arguments) => unknown;

/** Calls a handler if there is one; what goes wrong in it is logged. */
export function invoke<Arguments extends readonly unknown[]>(
  handler: Handler<Arguments> | undefined,
  ...values: Arguments
): void {
  if (handler === undefined) return;
  Promise.resolve(handler(...values)).catch((error: unknown) => {
    console.error('A handler of the extension failed:', error);
  });
}

/** What HubSpot hands to `onClick`: a plain event, since a DOM event can't leave the page. */
export function extensionEvent(type: string): {
  readonly type: string;
  readonly bubbles: boolean;
  readonly timeStamp: number;
  readonly id: string;
} {
  return { type, bubbles: true, timeStamp: performance.now(), id: '' };
}
