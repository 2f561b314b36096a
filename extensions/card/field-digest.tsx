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
import { ReasonNote } from '../ui/reason-note.tsx';
import { BLANK } from '../ui/value-text.tsx';
import { FieldTable } from './field-table.tsx';
import { NEXT_STEPS, differencesInWords, differs } from './next-steps.ts';

/** More than this belongs into the panel. */
const MOST_SHOWN = 5;

function Difference({ field }: { readonly field: FieldView }): ReactElement {
  const step = NEXT_STEPS[field.next];
  return (
    <Flex direction="column" gap="flush">
      <Flex direction="row" gap="small" align="center" justify="between">
        <Text format={{ fontWeight: 'demibold' }}>{field.hubspotLabel}</Text>
        <Tag variant={step.variant}>{step.label}</Tag>
      </Flex>
      <Text variant="microcopy">{`HubSpot: ${field.hubspotValue ?? BLANK}`}</Text>
      <Text variant="microcopy">{`Salesforce: ${field.salesforceValue ?? BLANK}`}</Text>
      {field.reason !== null && <ReasonNote reason={field.reason} />}
    </Flex>
  );
}

export function FieldDigest({ fields }: { readonly fields: readonly FieldView[] }): ReactElement {
  const differences = fields.filter(differs);
  const more = differences.length - MOST_SHOWN;
  return (
    <Flex direction="column" gap="small">
      <Divider />
      <Text>{differencesInWords(fields)}</Text>
      {differences.slice(0, MOST_SHOWN).map((field) => (
        <Difference key={field.hubspotProperty} field={field} />
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
                  <FieldTable fields={fields} />
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
