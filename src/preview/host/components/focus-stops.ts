// Where Tab stops inside an element, as a browser goes about it: what is visible and enabled, and of radio buttons with
// one name only the chosen one.

const FOCUSABLE =
  'a[href], button:not([disabled]), input:not([disabled]), select:not([disabled]), textarea:not([disabled]), [tabindex]';

function isStop(element: HTMLElement): boolean {
  if (element.tabIndex < 0 || !element.checkVisibility({ visibilityProperty: true })) return false;
  if (!(element instanceof HTMLInputElement) || element.type !== 'radio' || element.checked)
    return true;
  const chosen = document.querySelector(`input[name="${CSS.escape(element.name)}"]:checked`);
  return element.name === '' || chosen === null;
}

export function focusStopsIn(element: HTMLElement): readonly HTMLElement[] {
  return [...element.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(isStop);
}
