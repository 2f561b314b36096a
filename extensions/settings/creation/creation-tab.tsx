// The tab “Creating and deleting”: what a person without a counterpart becomes on the other side, what fills the fields
// that Salesforce insists on, what happens after a deletion, and who owns what. Each has a title that says how it stands.
import { Accordion, Flex, Text } from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { ReactElement } from 'react';
import type { FoundContact } from '../../../src/api/contract.ts';
import { withPart } from '../draft.ts';
import type { SettingsDraft } from '../draft.ts';
import { useConditionFields } from '../use-conditions.ts';
import { Deleting } from './deleting.tsx';
import { InHubSpot } from './in-hubspot.tsx';
import { InSalesforce } from './in-salesforce.tsx';
import { OwnerMap } from './owner-map.tsx';
import { RequiredFields } from './required-fields.tsx';
import { titlesOf } from './section-titles.ts';
import { TryIt } from './try-it.tsx';
import { useOwners, useRequiredFields } from './use-creation.ts';
import type { Creation } from './use-creation.ts';

export interface CreationTabProps {
  readonly isShown: boolean;
  readonly draft: SettingsDraft;
  /** Of the saved settings. */
  readonly version: number;
  readonly readOnly: boolean;
  readonly onDraft: (draft: SettingsDraft) => void;
}

export function CreationTab(props: CreationTabProps): ReactElement {
  const { isShown, draft, version, readOnly, onDraft } = props;
  const { creation, deletion, owners } = draft.document;
  const properties = useConditionFields('HubSpot', isShown);
  const requiredFields = useRequiredFields(isShown);
  const people = useOwners(isShown);
  // Whoever is tried is the example for the templates too.
  const [person, setPerson] = useState<FoundContact | null>(null);
  const onCreation = (changed: Creation): void => {
    onDraft(withPart(draft, 'creation', changed));
  };
  const titles = titlesOf(draft.document, requiredFields.value, people.value);
  return (
    <Flex direction="column" gap="medium">
      <Text>
        Nobody is created twice: a person whose e-mail address is on the other side already is
        paired with that record.
      </Text>
      <Accordion title={titles.inSalesforce} size="medium" defaultOpen>
        <Flex direction="column" gap="medium">
          <InSalesforce
            creation={creation}
            properties={properties}
            readOnly={readOnly}
            onCreation={onCreation}
          />
          {!readOnly && (
            <TryIt
              creation={creation}
              properties={properties.value ?? []}
              person={person}
              onPerson={setPerson}
            />
          )}
        </Flex>
      </Accordion>
      <Accordion title={titles.required} size="medium">
        <RequiredFields
          isShown={isShown}
          required={requiredFields}
          templates={creation.templates}
          readOnly={readOnly}
          person={person}
          onTemplates={(templates) => {
            onCreation({ ...creation, templates });
          }}
        />
      </Accordion>
      <Accordion title={titles.inHubSpot} size="medium">
        <InHubSpot
          isShown={isShown}
          creation={creation}
          version={version}
          readOnly={readOnly}
          onCreation={onCreation}
        />
      </Accordion>
      <Accordion title={titles.deleting} size="medium">
        <Deleting
          deletion={deletion}
          readOnly={readOnly}
          onDeletion={(changed) => {
            onDraft(withPart(draft, 'deletion', changed));
          }}
        />
      </Accordion>
      <Accordion title={titles.owners} size="medium">
        <OwnerMap
          people={people}
          owners={owners}
          readOnly={readOnly}
          onOwners={(changed) => {
            onDraft(withPart(draft, 'owners', changed));
          }}
        />
      </Accordion>
    </Flex>
  );
}
