// One side's values as plain inputs, with a Save button that sends only what was changed. Values that change by
// themselves meanwhile are shown and marked; what is being typed is never overwritten.
import { useId, useState } from 'react';
import type { ReactElement } from 'react';
import type { SalesforceValue } from '../../contract.ts';
import { useArrivals } from './use-arrivals.ts';

/** How many fields are there before "Show all". */
const FIRST_SHOWN = 8;

export interface EditSideProps {
  readonly title: string;
  /** What the values belong to: "Contact 51", "Lead 00Q…". */
  readonly subject: string;
  readonly values: Readonly<Record<string, SalesforceValue>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly onSave: (changed: Readonly<Record<string, SalesforceValue>>) => Promise<void>;
}

/** What was typed, as the type the field had; an emptied field that isn't text becomes null. */
function typedValue(text: string, before: SalesforceValue | undefined): SalesforceValue {
  if (typeof before === 'boolean') return text === 'true';
  if (typeof before !== 'number') return text;
  const number = Number(text);
  return text.trim() === '' ? null : Number.isNaN(number) ? text : number;
}

function shownText(value: SalesforceValue | undefined): string {
  return value === null || value === undefined ? '' : String(value);
}

interface EditFieldProps {
  readonly name: string;
  readonly label: string;
  readonly value: SalesforceValue | undefined;
  readonly draft: string | undefined;
  readonly arrived: boolean;
  readonly onType: (text: string) => void;
}

function EditField({ name, label, value, draft, arrived, onType }: EditFieldProps): ReactElement {
  const id = useId();
  const text = draft ?? shownText(value);
  return (
    <div className={arrived ? 'edit-field edit-field--arrived' : 'edit-field'}>
      <label htmlFor={id}>
        {label}
        {arrived && <span className="edit-arrived">just changed</span>}
      </label>
      {typeof value === 'boolean' ? (
        <input
          id={id}
          type="checkbox"
          checked={text === 'true'}
          onChange={(event) => {
            onType(String(event.target.checked));
          }}
        />
      ) : (
        <input
          id={id}
          className="ui-input"
          value={text}
          title={name}
          autoComplete="off"
          onChange={(event) => {
            onType(event.target.value);
          }}
        />
      )}
    </div>
  );
}

type Saving = 'idle' | 'saving' | { readonly refused: string };

export function EditSide(props: EditSideProps): ReactElement {
  const { values, labels } = props;
  const [drafts, setDrafts] = useState<Readonly<Record<string, string>>>({});
  const [showsAll, setShowsAll] = useState(false);
  const [saving, setSaving] = useState<Saving>('idle');
  const arrived = useArrivals(values);

  const names = Object.keys(values);
  const shown = showsAll ? names : names.slice(0, FIRST_SHOWN);
  const changed = Object.fromEntries(
    Object.entries(drafts)
      .filter(([name, text]) => text !== shownText(values[name]))
      .map(([name, text]) => [name, typedValue(text, values[name])]),
  );
  const hasChanges = Object.keys(changed).length > 0;

  const save = async (): Promise<void> => {
    setSaving('saving');
    try {
      await props.onSave(changed);
      setDrafts({});
      setSaving('idle');
    } catch (error) {
      setSaving({ refused: error instanceof Error ? error.message : String(error) });
    }
  };

  return (
    <form
      className="edit-side"
      aria-label={props.title}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <h3>{props.title}</h3>
      <p className="edit-subject">{props.subject}</p>
      <div className="edit-fields">
        {shown.map((name) => (
          <EditField
            key={name}
            name={name}
            label={labels[name] ?? name}
            value={values[name]}
            draft={drafts[name]}
            arrived={arrived.has(name)}
            onType={(text) => {
              setDrafts((before) => ({ ...before, [name]: text }));
            }}
          />
        ))}
      </div>
      {typeof saving === 'object' && (
        <p className="edit-refused" role="alert">
          {saving.refused}
        </p>
      )}
      <div className="edit-actions">
        <button
          type="submit"
          className="ui-button ui-button--secondary ui-button--sm"
          disabled={!hasChanges || saving === 'saving'}
        >
          {saving === 'saving' ? 'Saving…' : 'Save'}
        </button>
        {names.length > FIRST_SHOWN && (
          <button
            type="button"
            className="text-button"
            onClick={() => {
              setShowsAll(!showsAll);
            }}
          >
            {showsAll ? 'Show fewer fields' : `Show all ${names.length} fields`}
          </button>
        )}
      </div>
    </form>
  );
}
