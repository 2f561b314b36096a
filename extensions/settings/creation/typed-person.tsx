// Values of somebody who needn't be there: only the properties that the rules and templates look at.
import { AutoGrid, Input, MultiSelect, Select, Text, Toggle } from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';
import type { ConditionFieldView } from '../../../src/api/contract.ts';
import { YES_OR_NO } from '../../ui/condition-words.ts';
import type { Creation } from './use-creation.ts';

export interface Typed {
  readonly properties: Readonly<Record<string, string>>;
  readonly hasAccount: boolean;
}
export const NOTHING_TYPED: Typed = { properties: {}, hasAccount: false };

export interface TypedPersonProps {
  readonly creation: Creation;
  readonly properties: readonly ConditionFieldView[];
  readonly typed: Typed;
  readonly onTyped: (typed: Typed) => void;
}

const COLUMN_PX = 200;

/** In the order in which they are asked. */
function askedFor({ rules, templates }: Creation): string[] {
  const inRules = rules.flatMap(({ properties }) =>
    (properties?.clauses ?? []).map(({ field }) => field),
  );
  const inTemplates = Object.values(templates).flatMap((template) =>
    [...template.matchAll(/\{([a-z0-9_]+)(?:\.\w+)?\}/g)].map(([, name = '']) => name),
  );
  return [...new Set([...inRules, 'email', ...inTemplates])];
}

export function TypedPerson(props: TypedPersonProps): ReactElement {
  const { creation, properties, typed, onTyped } = props;
  return (
    <>
      <Text variant="microcopy">
        These are the properties that the rules and templates look at.
      </Text>
      <AutoGrid columnWidth={COLUMN_PX} flexible gap="small">
        {askedFor(creation).map((name) => (
          <Value
            key={name}
            name={name}
            property={properties.find((property) => property.name === name)}
            value={typed.properties[name] ?? ''}
            onValue={(value) => {
              onTyped({ ...typed, properties: { ...typed.properties, [name]: value } });
            }}
          />
        ))}
      </AutoGrid>
      <Toggle
        name="try-has-account"
        label="The company has a Salesforce account"
        checked={typed.hasAccount}
        onChange={(hasAccount) => {
          onTyped({ ...typed, hasAccount });
        }}
      />
    </>
  );
}

interface ValueProps {
  readonly name: string;
  readonly property: ConditionFieldView | undefined;
  readonly value: string;
  readonly onValue: (value: string) => void;
}

function Value({ name, property, value, onValue }: ValueProps): ReactElement {
  const common = { name: `try-${name}`, label: property?.label ?? name };
  const options = property?.options ?? [];
  if (property?.kind === 'options')
    return (
      <MultiSelect
        {...common}
        value={value === '' ? [] : value.split(';')}
        options={[...options]}
        onChange={(chosen) => {
          onValue(chosen.join(';'));
        }}
      />
    );
  if (property?.kind === 'option' || property?.kind === 'checkbox')
    return (
      <Select
        {...common}
        value={value}
        options={[{ label: 'Blank', value: '' }, ...(options.length > 0 ? options : YES_OR_NO)]}
        onChange={(chosen) => {
          onValue(String(chosen));
        }}
      />
    );
  return (
    <Input
      {...common}
      {...(property?.kind === 'date' ? { placeholder: 'YYYY-MM-DD' } : {})}
      value={value}
      onInput={onValue}
      onChange={onValue}
    />
  );
}
