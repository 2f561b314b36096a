// The ordered rules: each in words, to be changed where it stands, moved, and removed.
import { Button, Flex, Select, StatusTag, Text, Tile } from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { ReactElement } from 'react';
import type { ConditionFieldView } from '../../../src/api/contract.ts';
import type { CreationRule } from '../../../src/engine/settings.ts';
import { ConditionBuilder } from '../../ui/condition-builder.tsx';
import { BECOMES, lastAsked, moved, NEW_RULE, ruleInWords } from './rule-words.ts';

export interface RulesProps {
  readonly rules: readonly CreationRule[];
  readonly properties: readonly ConditionFieldView[];
  readonly readOnly: boolean;
  readonly onRules: (rules: readonly CreationRule[]) => void;
}

export function Rules({ rules, properties, readOnly, onRules }: RulesProps): ReactElement {
  const [open, setOpen] = useState<number | null>(null);
  const last = lastAsked(rules);
  const move = (from: number, to: number): void => {
    onRules(moved(rules, from, to));
    if (open === from) setOpen(to);
    else if (open === to) setOpen(from);
  };
  return (
    <Flex direction="column" gap="small">
      {rules.map((rule, index) => (
        <RuleTile
          key={index}
          rule={rule}
          number={index + 1}
          isLast={index === rules.length - 1}
          isAsked={last === null || index <= last}
          isOpen={open === index && !readOnly}
          properties={properties}
          readOnly={readOnly}
          onRule={(changed) => {
            onRules(rules.with(index, changed));
          }}
          onToggle={() => {
            setOpen(open === index ? null : index);
          }}
          onMove={(by) => {
            move(index, index + by);
          }}
          onRemove={() => {
            onRules(rules.toSpliced(index, 1));
            setOpen(null);
          }}
        />
      ))}
      {!readOnly && (
        <Flex direction="row">
          <Button
            size="small"
            onClick={() => {
              onRules([...rules, NEW_RULE]);
              setOpen(rules.length);
            }}
          >
            Add a rule
          </Button>
        </Flex>
      )}
    </Flex>
  );
}

interface RuleTileProps {
  readonly rule: CreationRule;
  readonly number: number;
  readonly isLast: boolean;
  /** False: a rule before it holds for everybody. */
  readonly isAsked: boolean;
  readonly isOpen: boolean;
  readonly properties: readonly ConditionFieldView[];
  readonly readOnly: boolean;
  readonly onRule: (rule: CreationRule) => void;
  readonly onToggle: () => void;
  readonly onMove: (by: -1 | 1) => void;
  readonly onRemove: () => void;
}

function RuleTile(props: RuleTileProps): ReactElement {
  const { rule, number, isAsked, isOpen, properties, readOnly } = props;
  const labelOf = (name: string): string =>
    properties.find((property) => property.name === name)?.label ?? name;
  return (
    <Tile compact>
      <Flex direction="column" gap="small">
        <Flex direction="row" gap="small" align="center" justify="between" wrap>
          <Text>
            <Text inline format={{ fontWeight: 'demibold' }}>{`Rule ${number}. `}</Text>
            {`${ruleInWords(rule, labelOf)}: `}
            <Text inline format={{ fontWeight: 'demibold' }}>
              {BECOMES[rule.becomes]}
            </Text>
          </Text>
          {!isAsked && <StatusTag variant="warning">Never asked</StatusTag>}
        </Flex>
        {!isAsked && (
          <Text variant="microcopy">
            A rule above this one holds for everybody. Move this one up, or give that one a
            condition.
          </Text>
        )}
        {isOpen && <RuleForm {...props} />}
        {!readOnly && <RuleButtons {...props} />}
      </Flex>
    </Tile>
  );
}

function RuleButtons(props: RuleTileProps): ReactElement {
  const { number, isLast, isOpen } = props;
  return (
    <Flex direction="row" gap="small" wrap>
      <Button size="extra-small" onClick={props.onToggle}>
        {isOpen ? `Close rule ${number}` : `Edit rule ${number}`}
      </Button>
      <Button
        size="extra-small"
        disabled={number === 1}
        onClick={() => {
          props.onMove(-1);
        }}
      >
        Move up
      </Button>
      <Button
        size="extra-small"
        disabled={isLast}
        onClick={() => {
          props.onMove(1);
        }}
      >
        Move down
      </Button>
      <Button size="extra-small" variant="transparent" onClick={props.onRemove}>
        Remove
      </Button>
    </Flex>
  );
}

const ACCOUNT_OPTIONS = [
  { label: 'Doesn’t matter', value: 'any' },
  { label: 'Has a Salesforce account', value: 'with' },
  { label: 'Has no Salesforce account, or there is no company', value: 'without' },
] as const;

const BECOMES_OPTIONS = [
  { label: 'A lead', value: 'lead' },
  { label: 'A contact', value: 'contact' },
  { label: 'Nothing: it isn’t created', value: 'nothing' },
] as const;

function RuleForm({ rule, number, properties, readOnly, onRule }: RuleTileProps): ReactElement {
  const { companyHasAccount, becomes } = rule;
  const account = companyHasAccount === null ? 'any' : companyHasAccount ? 'with' : 'without';
  return (
    <Flex direction="column" gap="small">
      <Select
        name={`rule-${number}-account`}
        label="Its company"
        value={account}
        options={[...ACCOUNT_OPTIONS]}
        onChange={(value) => {
          onRule({ ...rule, companyHasAccount: value === 'any' ? null : value === 'with' });
        }}
      />
      <ConditionBuilder
        name={`rule-${number}-condition`}
        fields={properties}
        value={rule.properties}
        readOnly={readOnly}
        onChange={(condition) => {
          onRule({ ...rule, properties: condition });
        }}
      />
      <Select
        name={`rule-${number}-becomes`}
        label="It becomes"
        value={becomes}
        options={[...BECOMES_OPTIONS]}
        onChange={(value) => {
          const chosen = BECOMES_OPTIONS.find((option) => option.value === value);
          if (chosen) onRule({ ...rule, becomes: chosen.value });
        }}
      />
    </Flex>
  );
}
