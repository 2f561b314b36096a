// HubSpot names every size twice ('sm' and 'small'); here they come down to one name each, which the style
// sheets use in class names.

const SHORT_NAMES: Readonly<Record<string, string>> = {
  'extra-small': 'xs',
  small: 'sm',
  medium: 'md',
  large: 'lg',
  'extra-large': 'xl',
  default: 'md',
};

/** 'small' and 'sm' alike become 'sm'; without a size, `fallback`. */
export function sizeName(size: string | undefined, fallback: string): string {
  if (size === undefined) return fallback;
  return SHORT_NAMES[size] ?? size;
}

/** Joins class names, leaving out those whose condition failed. */
export function classNames(...names: readonly (string | false | undefined)[]): string {
  return names.filter(Boolean).join(' ');
}
