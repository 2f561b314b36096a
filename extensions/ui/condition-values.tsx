// The values of one clause of a condition, entered as its field's kind asks for: chosen, typed, or a day.
import { DateInput, Input, MultiSelect, Select } from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { ReactElement } from 'react';
import type { ConditionKind } from '../../src/api/contract.ts';
import { misfit, typedValues, valuesTyped, YES_OR_NO } from './condition-words.ts';
import type { Comparison, ConditionField } from './condition-words.ts';

interface ConditionValuesProps {
  readonly name: string;
  readonly kind: ConditionKind;
  readonly comparison: Comparison;
  readonly options: NonNullable<ConditionField['options']>;
  readonly values: readonly string[];
  readonly readOnly: boolean;
  readonly onValues: (values: readonly string[]) => void;
}

export function ConditionValues(props: ConditionValuesProps): ReactElement {
  const { name, kind, comparison, values, readOnly, onValues } = props;
  const isOrdered = comparison === 'lessThan' || comparison === 'greaterThan';
  const common = { name, readOnly };
  // A part of an option's text is typed.
  const isChosen = (kind === 'option' && comparison !== 'startsWith') || kind === 'options';
  if (isChosen)
    return (
      <MultiSelect
        {...common}
        label="Values"
        placeholder="Choose"
        value={[...values]}
        options={withUnknown(props.options, values)}
        onChange={(chosen) => {
          onValues(chosen.map(String));
        }}
      />
    );
  if (kind === 'checkbox')
    return (
      <Select
        {...common}
        label="Value"
        placeholder="Choose"
        value={values[0] ?? ''}
        options={[...(props.options.length > 0 ? props.options : YES_OR_NO)]}
        onChange={(chosen) => {
          onValues([String(chosen)]);
        }}
      />
    );
  if ((kind === 'date' || kind === 'dateTime') && (values[0] === undefined || isDay(values[0])))
    return (
      <DateInput
        {...common}
        label="Day"
        format="YYYY-MM-DD"
        {...(values[0] === undefined ? {} : { value: dayOf(values[0]) })}
        onChange={({ year, month, date }) => {
          onValues([`${year}-${twoDigits(month + 1)}-${twoDigits(date)}`]);
        }}
      />
    );
  return <TypedValues {...props} mayBeSeveral={!isOrdered} />;
}

/**
 * What somebody types is kept as it is typed, with blanks and a semicolon to come; what it means goes out, and nothing
 * where it doesn't fit the field.
 */
function TypedValues({
  name,
  kind,
  values,
  readOnly,
  onValues,
  mayBeSeveral,
}: ConditionValuesProps & { readonly mayBeSeveral: boolean }): ReactElement {
  const [typed, setTyped] = useState(() => typedValues(values));
  const parts = (text: string): string[] =>
    mayBeSeveral ? valuesTyped(text) : [text.trim()].filter((value) => value !== '');
  const meaning = (text: string): string[] =>
    misfit(kind, parts(text)) === null ? parts(text) : [];
  const isCurrent = JSON.stringify(meaning(typed)) === JSON.stringify(values);
  const wrong = isCurrent ? misfit(kind, parts(typed)) : null;
  const take = (text: string): void => {
    setTyped(text);
    onValues(meaning(text));
  };
  return (
    <Input
      name={name}
      label="Value"
      placeholder={mayBeSeveral ? 'One; or another' : ''}
      readOnly={readOnly}
      value={isCurrent ? typed : typedValues(values)}
      error={wrong !== null}
      validationMessage={wrong ?? ''}
      onInput={take}
      onChange={take}
    />
  );
}

/** Values that are no options (any more) stay to be seen and taken away. */
const withUnknown = (
  options: ConditionValuesProps['options'],
  values: readonly string[],
): { label: string; value: string }[] => [
  ...options.map(({ label, value }) => ({ label, value })),
  ...values
    .filter((value) => options.every((option) => option.value !== value))
    .map((value) => ({ label: `${value} (no option)`, value })),
];

const twoDigits = (part: number): string => String(part).padStart(2, '0');

const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text);

function dayOf(text: string): { year: number; month: number; date: number } {
  const [year = 0, month = 1, date = 1] = text.split('-').map(Number);
  return { year, month: month - 1, date };
}
