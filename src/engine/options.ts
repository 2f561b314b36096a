// Options of dropdowns, checkboxes and picklists: which one a text or a number means.

const sameWord = (one: string, other: string): boolean =>
  one.localeCompare(other, 'en', { sensitivity: 'accent' }) === 0;

export type Option = { readonly value: string; readonly label: string };

/** The option a text means: by value, else by label, else by either in other letter case. */
export function optionFor(options: readonly Option[], text: string): Option | undefined {
  return (
    options.find((option) => option.value === text) ??
    options.find((option) => option.label === text) ??
    options.find((option) => sameWord(option.value, text) || sameWord(option.label, text))
  );
}

/** HubSpot's own employee ranges; a number belongs to the first range that holds it. */
export function rangeOf(options: readonly Option[], employees: number): string | null {
  for (const { value } of options) {
    const [, from, to] = /^(\d+)(?:-(\d+)|\+)$/.exec(value) ?? [];
    if (
      from !== undefined &&
      employees >= Number(from) &&
      (to === undefined || employees <= Number(to))
    )
      return value;
  }
  return null;
}
