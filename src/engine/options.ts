// Options of dropdowns, checkboxes and picklists: which one a text or a number means.
import { readText } from './values.ts';

export interface Option {
  readonly value: string;
  readonly label: string;
}

/** An option's names, by decreasing weight. */
interface Names {
  readonly values: ReadonlyMap<string, Option>;
  readonly labels: ReadonlyMap<string, Option>;
  readonly inAnyCase: ReadonlyMap<string, Option>;
}

const inAnyCase = (text: string): string => (readText(text) ?? '').toLowerCase();

/** Made once per list of options: state picklists have hundreds, and every record asks. */
const known = new WeakMap<readonly Option[], Names>();

function namesOf(options: readonly Option[]): Names {
  const before = known.get(options);
  if (before) return before;
  // Later entries replace earlier ones, and the first option of a name is the one that counts.
  const backwards = options.toReversed();
  const names: Names = {
    values: new Map(backwards.map((option) => [option.value, option])),
    labels: new Map(backwards.map((option) => [option.label, option])),
    inAnyCase: new Map(
      backwards.flatMap((option) => [
        [inAnyCase(option.label), option],
        [inAnyCase(option.value), option],
      ]),
    ),
  };
  known.set(options, names);
  return names;
}

/** The option a text means: by value, else by label, else by either in other letter case. */
export function optionFor(options: readonly Option[], text: string): Option | undefined {
  if (options.length === 0) return undefined;
  const names = namesOf(options);
  return names.values.get(text) ?? names.labels.get(text) ?? names.inAnyCase.get(inAnyCase(text));
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
