// What came of a try: what is created and by which rule, why the rules before it don't hold, and the new record's
// required values.
import {
  DescriptionList,
  DescriptionListItem,
  Divider,
  Flex,
  Icon,
  StatusTag,
  Text,
} from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';
import type { TriedCreation, TriedRule } from '../../../src/api/contract.ts';
import { ReasonNote } from '../../ui/reason-note.tsx';
import { BECOMES } from './rule-words.ts';

const OUTCOMES: Readonly<
  Record<TriedCreation['outcome'], { label: string; variant: 'success' | 'default' | 'warning' }>
> = {
  lead: { label: 'Becomes a lead', variant: 'success' },
  contact: { label: 'Becomes a contact', variant: 'success' },
  nothing: { label: 'Isn’t created', variant: 'default' },
  waits: { label: 'Waits for the account', variant: 'warning' },
};

function decidedInWords({ decidedBy, rules }: TriedCreation): string {
  if (decidedBy !== null) return `Rule ${decidedBy} decides.`;
  return rules.length === 0
    ? 'There are no rules: the choice for everybody decides.'
    : 'No rule holds: the choice for everybody else decides.';
}

export function TryOutcome({ tried }: { readonly tried: TriedCreation }): ReactElement {
  const { label, variant } = OUTCOMES[tried.outcome];
  return (
    <Flex direction="column" gap="small">
      <Divider />
      <Flex direction="row" gap="small" align="center" wrap>
        <StatusTag variant={variant}>{label}</StatusTag>
        <Text>{decidedInWords(tried)}</Text>
      </Flex>
      {tried.meanwhile !== null && <Text>{tried.meanwhile}</Text>}
      {tried.reason !== null && <ReasonNote reason={tried.reason} />}
      {tried.rules.map((rule) => (
        <RuleOutcome key={rule.number} rule={rule} />
      ))}
      {tried.required.length > 0 && <Values tried={tried} />}
    </Flex>
  );
}

const accountInWords = ({ wanted, has }: NonNullable<TriedRule['account']>): string => {
  const is = has ? 'The company has a Salesforce account' : 'There is no company with an account';
  return wanted === has ? `${is}, as the rule wants.` : `${is}, and the rule wants the opposite.`;
};

function RuleOutcome({ rule }: { readonly rule: TriedRule }): ReactElement {
  const { number, holds, account, clauses, match, becomes } = rule;
  const isAny = match === 'any' && clauses.length > 1;
  return (
    <Flex direction="column" gap="flush">
      <Text format={{ fontWeight: 'demibold' }}>
        {holds ? `Rule ${number} holds: ${BECOMES[becomes]}` : `Rule ${number} doesn’t hold`}
      </Text>
      {account !== null && (
        <Finding holds={account.wanted === account.has}>{accountInWords(account)}</Finding>
      )}
      {isAny && <Text variant="microcopy">Any one of these is enough:</Text>}
      {clauses.map((clause, index) => (
        <Finding key={index} holds={clause.holds}>
          {`${clause.sentence}: ${clause.holds ? 'yes' : 'no'}, it is ${clause.value === null ? 'blank' : `“${clause.value}”`}.`}
        </Finding>
      ))}
      {account === null && clauses.length === 0 && <Finding holds>It holds for everybody.</Finding>}
    </Flex>
  );
}

function Finding({
  holds,
  children,
}: {
  readonly holds: boolean;
  readonly children: string;
}): ReactElement {
  return (
    <Flex direction="row" gap="extra-small" align="center">
      <Icon
        name={holds ? 'success' : 'remove'}
        size="small"
        color={holds ? 'success' : 'inherit'}
        screenReaderText={holds ? 'Holds' : 'Doesn’t hold'}
      />
      <Text variant="microcopy">{children}</Text>
    </Flex>
  );
}

function Values({ tried }: { readonly tried: TriedCreation }): ReactElement {
  const { required, others, accountId } = tried;
  return (
    <Flex direction="column" gap="small">
      <Text format={{ fontWeight: 'demibold' }}>Required fields of the new record</Text>
      <DescriptionList direction="column">
        {required.map(({ field, label, value, isFilledIn }) => (
          <DescriptionListItem key={field} label={label}>
            <Flex direction="row" gap="small" align="center" wrap>
              <Text>{value ?? 'Nothing'}</Text>
              {value === null ? (
                <StatusTag variant="danger">Salesforce will refuse the record</StatusTag>
              ) : (
                isFilledIn && <StatusTag variant="info">From the template</StatusTag>
              )}
            </Flex>
          </DescriptionListItem>
        ))}
      </DescriptionList>
      <Text variant="microcopy">
        {[
          others === 1 ? 'One more field is filled.' : `${others} more fields are filled.`,
          accountId === null || accountId === 'typed' ? null : `Its account is ${accountId}.`,
        ]
          .filter((part) => part !== null)
          .join(' ')}
      </Text>
    </Flex>
  );
}
