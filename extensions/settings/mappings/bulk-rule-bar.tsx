// One rule for many mappings. It is always there, so that ticking a row doesn't move the table.
import { Button, Flex, Select, Text, Tile } from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { DEFAULT_RULE, RULE_OPTIONS, ruleFrom } from '../../ui/sync-rules.ts';
import type { ChoosableRule } from '../../ui/sync-rules.ts';

export interface BulkRuleBarProps {
  readonly selected: number;
  /** Those shown whose rule can be chosen. */
  readonly selectable: number;
  readonly onSelectAll: () => void;
  readonly onSelectNone: () => void;
  readonly onRule: (rule: ChoosableRule) => void;
}

export function BulkRuleBar(props: BulkRuleBarProps): ReactElement {
  const { selected, selectable, onSelectAll, onSelectNone, onRule } = props;
  const [rule, setRule] = useState(DEFAULT_RULE);
  const isIdle = selected === 0;
  return (
    <Tile compact>
      <Flex direction="row" gap="small" align="end" wrap>
        <Select
          name="bulk-rule"
          label="Rule for the selected mappings"
          value={rule}
          options={RULE_OPTIONS}
          onChange={(value) => {
            setRule(ruleFrom(value) ?? rule);
          }}
        />
        <Button
          size="sm"
          disabled={isIdle}
          onClick={() => {
            onRule(rule);
          }}
        >
          {isIdle ? 'Set the rule' : `Set the rule of ${selected}`}
        </Button>
        <Button size="sm" variant="transparent" disabled={selectable === 0} onClick={onSelectAll}>
          {`Select all ${selectable} shown`}
        </Button>
        <Button size="sm" variant="transparent" disabled={isIdle} onClick={onSelectNone}>
          Select none
        </Button>
        <Text variant="microcopy">
          {isIdle ? 'Tick rows to change their rule together.' : `${selected} selected.`}
        </Text>
      </Flex>
    </Tile>
  );
}
