// State and country picklists: text and code of a place are one value in two fields, a state belongs to a
// country (salesforce-api §4). Looks only at addresses a write touches, as Salesforce does.
import {
  unknownState,
  stateNotOfCountry,
  stateWithoutCountry,
  unknownCountry,
  type Refusal,
} from '../errors.ts';
import { COUNTRIES } from '../schema/places.ts';
import type { ObjectSchema } from '../schema/schema.ts';
import { textOf, type Row } from '../values.ts';

export interface SettledPlaces {
  /** The values with code and text in step. */
  readonly values: Row;
  readonly refusals: readonly Refusal[];
}

export function settlePlaces(object: ObjectSchema, values: Row, before: Row): SettledPlaces {
  const settled: Record<string, string | null> = {};
  const refusals: Refusal[] = [];
  for (const { name } of object.fields.filter(({ type }) => type === 'address')) {
    const prefix = name.slice(0, -'Address'.length);
    if (object.field(`${prefix}CountryCode`) === undefined) continue;
    const refusal = settleAddress(object, prefix, values, before, settled);
    if (refusal !== null) refusals.push(refusal);
  }
  return { values: { ...values, ...settled }, refusals };
}

function settleAddress(
  object: ObjectSchema,
  prefix: string,
  values: Row,
  before: Row,
  settled: Record<string, string | null>,
): Refusal | null {
  const writtenCountry = writtenField(`${prefix}Country`, values);
  const writtenState = writtenField(`${prefix}State`, values);
  if (writtenCountry === null && writtenState === null) return null;
  const labelOf = (field: string): string => object.field(field)?.label ?? field;

  const countryField = writtenCountry ?? `${prefix}CountryCode`;
  const countryText = textOf(writtenCountry === null ? before : values, countryField);
  const country = find(COUNTRIES, countryField, countryText);
  if (writtenCountry !== null) {
    if (countryText !== '' && country === undefined)
      return unknownCountry(labelOf(writtenCountry), writtenCountry);
    settled[`${prefix}Country`] = country?.label ?? null;
    settled[`${prefix}CountryCode`] = country?.code ?? null;
  }

  const field = writtenState ?? `${prefix}State`;
  const stateText = textOf(writtenState === null ? before : values, field);
  const state = find(country?.states ?? [], field, stateText);
  if (stateText !== '') {
    if (country === undefined) return stateWithoutCountry(labelOf(field), field);
    if (state === undefined)
      return writtenState !== null && writtenCountry !== null
        ? unknownState(labelOf(field), field)
        : stateNotOfCountry(labelOf(field), field);
  }
  if (writtenState !== null) {
    settled[`${prefix}State`] = state?.label ?? null;
    settled[`${prefix}StateCode`] = state?.code ?? null;
  }
  return null;
}

/** Which of text and code a write sets; the code counts when both are there. */
function writtenField(name: string, values: Row): string | null {
  const code = `${name}Code`;
  if (textOf(values, code) !== '') return code;
  if (textOf(values, name) !== '' || !(code in values)) return name in values ? name : null;
  return code;
}

/** Text fields take labels only, whatever their case, and code fields codes only. */
function find<Place extends { readonly code: string; readonly label: string }>(
  among: readonly Place[],
  field: string,
  written: string,
): Place | undefined {
  const wanted = written.toLowerCase();
  return field.endsWith('Code')
    ? among.find(({ code }) => code.toLowerCase() === wanted)
    : among.find(({ label }) => label.toLowerCase() === wanted);
}
