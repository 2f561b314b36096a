// The fields for a narrow place: the differences one under the other, and the whole table in a panel.
import {
  Button,
  Divider,
  Flex,
  Panel,
  PanelBody,
  PanelSection,
  Tag,
  Text,
} from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';
import type { FieldView } from '../../src/api/contract.ts';
import { BLANK } from '../ui/value-text.tsx';
import type { CardTools } from './card-tools.ts';
import { FieldFix } from './field-fix.tsx';
import { FieldTable } from './field-table.tsx';
import { differencesInWords, differs, nextStep } from './next-steps.ts';

/** More than this belongs into the panel. */
const MOST_SHOWN = 5;

interface DifferenceProps {
  readonly field: FieldView;
  readonly tools: CardTools;
}

function Difference({ field, tools }: DifferenceProps): ReactElement {
  const step = nextStep(field);
  return (
    <Flex direction="column" gap="flush">
      <Flex direction="row" gap="small" align="center" justify="between">
        <Text format={{ fontWeight: 'demibold' }}>{field.hubspotLabel}</Text>
        <Tag variant={step.variant}>{step.label}</Tag>
      </Flex>
      <Text variant="microcopy">{`HubSpot: ${field.hubspotValue ?? BLANK}`}</Text>
      <Text variant="microcopy">{`Salesforce: ${field.salesforceValue ?? BLANK}`}</Text>
      <FieldFix field={field} tools={tools} place="digest" />
    </Flex>
  );
}

export interface FieldDigestProps {
  readonly fields: readonly FieldView[];
  readonly tools: CardTools;
}

export function FieldDigest({ fields, tools }: FieldDigestProps): ReactElement {
  const differences = fields.filter(differs);
  const more = differences.length - MOST_SHOWN;
  return (
    <Flex direction="column" gap="small">
      <Divider />
      <Text>{differencesInWords(fields)}</Text>
      {differences.slice(0, MOST_SHOWN).map((field) => (
        <Difference key={field.hubspotProperty} field={field} tools={tools} />
      ))}
      {more > 0 && <Text variant="microcopy">{`And ${more} more.`}</Text>}
      <Flex direction="row">
        <Button
          variant="transparent"
          size="small"
          overlay={
            <Panel id="tandem-fields" title="Fields on both sides" width="large">
              <PanelBody>
                <PanelSection>
                  <FieldTable fields={fields} tools={{ ...tools, compact: false }} place="panel" />
                </PanelSection>
              </PanelBody>
            </Panel>
          }
        >
          Compare all fields
        </Button>
      </Flex>
    </Flex>
  );
}
