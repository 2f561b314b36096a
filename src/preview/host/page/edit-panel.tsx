// The panel beside the record that only the preview has: both CRMs' values to edit by hand, as a person would in
// HubSpot and in Salesforce, so that the sync between them can be watched. Only the sandbox has it.
import type { ReactElement } from 'react';
import type { PreviewContact } from '../../contract.ts';
import { previewApi } from '../api.ts';
import { EditSide } from './edit-side.tsx';

export interface EditPanelProps {
  readonly contact: PreviewContact;
  readonly onEdited: () => void;
}

export function EditPanel({ contact, onEdited }: EditPanelProps): ReactElement {
  const { contactId, hubspot, salesforce, labels } = contact;
  return (
    <section className="edit-panel" aria-label="Edit both sides">
      <p className="edit-intro">
        Edit one side as its own users would, and watch the change arrive on the other.
      </p>
      <EditSide
        key={`hubspot-${contactId}`}
        title="Edit the HubSpot side"
        subject={`Contact ${contactId}`}
        values={hubspot.properties}
        labels={labels?.hubspot ?? {}}
        onSave={async (changed) => {
          const properties = Object.fromEntries(
            Object.entries(changed).map(([name, value]) => [
              name,
              value === null ? '' : String(value),
            ]),
          );
          await previewApi.editHubSpot(contactId, { properties });
          onEdited();
        }}
      />
      {salesforce === null ? (
        <div className="edit-side">
          <h3>Edit the Salesforce side</h3>
          <p className="edit-subject">This contact has no Salesforce record yet.</p>
        </div>
      ) : (
        <EditSide
          key={`salesforce-${salesforce.id}`}
          title="Edit the Salesforce side"
          subject={`${salesforce.object} ${salesforce.id}`}
          values={salesforce.fields}
          labels={labels?.salesforce ?? {}}
          onSave={async (fields) => {
            await previewApi.editSalesforce(contactId, { fields });
            onEdited();
          }}
        />
      )}
    </section>
  );
}
