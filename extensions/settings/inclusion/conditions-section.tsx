// Which Salesforce records may send anything to HubSpot: a condition for leads and one for contacts.
import { Flex, Heading, LoadingSpinner, Text } from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';
import { apiErrorOf } from '../../ui/call-tandem.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { ConditionBuilder } from './condition-builder.tsx';
import { useConditionFields, useConditionsPreview, type Inclusion } from './use-inclusion.ts';

const OBJECTS = ['Lead', 'Contact'] as const;

export interface ConditionsSectionProps {
  readonly conditions: Inclusion['salesforceConditions'];
  /** Of the saved settings. */
  readonly version: number;
  readonly isShown: boolean;
  readonly readOnly: boolean;
  readonly onConditions: (conditions: Inclusion['salesforceConditions']) => void;
}

export function ConditionsSection(props: ConditionsSectionProps): ReactElement {
  const { conditions, version, isShown, readOnly, onConditions } = props;
  const isAsked = isShown && !readOnly;
  const fields = useConditionFields(isAsked);
  const preview = useConditionsPreview(conditions, version, isAsked);
  return (
    <Flex direction="column" gap="small">
      <Heading>Which Salesforce records may send to HubSpot</Heading>
      <Text>
        A record that doesn’t meet its condition changes nothing in HubSpot and doesn’t become a
        contact there. What is in HubSpot still goes to it.
      </Text>
      {fields.error !== null && (
        <ErrorNotice
          title="The fields could not be loaded"
          error={apiErrorOf(fields.error)}
          retry={{ running: fields.isFetching, onRetry: fields.refetch }}
        />
      )}
      {preview.error !== null && (
        <ErrorNotice
          title="The records could not be counted"
          error={apiErrorOf(preview.error)}
          retry={{ running: preview.isFetching, onRetry: preview.refetch }}
        />
      )}
      {isAsked && fields.value === undefined && fields.error === null ? (
        <LoadingSpinner label="Loading the fields" showLabel />
      ) : (
        OBJECTS.map((object) => (
          <ConditionBuilder
            key={object}
            object={object}
            condition={conditions[object]}
            fields={fields.value?.[object] ?? []}
            preview={preview.value?.previews.find((each) => each.object === object)}
            isCounting={preview.isFetching}
            readOnly={readOnly || fields.value === undefined}
            onCondition={(condition) => {
              onConditions({ ...conditions, [object]: condition });
            }}
          />
        ))
      )}
    </Flex>
  );
}
