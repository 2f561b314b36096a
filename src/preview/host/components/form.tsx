// Form: collects the values of the named inputs inside it and hands them to `onSubmit`. Inputs commit what is
// still being typed first, as HubSpot's do ("onChange ... when the user submits the form").
import type { FormInputValues, FormProps } from '@hubspot/ui-extensions';
import { createContext, useContext, useEffect, useMemo, useRef } from 'react';
import type { ReactElement } from 'react';
import { useReactions } from './overlay-slots.tsx';
import { extensionEvent, invoke } from './remote-call.ts';

export type FieldValue = unknown;

export interface FormField {
  readonly name: string;
  readonly value: () => FieldValue;
  /** Sends what was typed but not yet committed. */
  readonly commit: () => void;
}

export class FormFields {
  readonly #fields = new Set<FormField>();

  add(field: FormField): () => void {
    this.#fields.add(field);
    return () => {
      this.#fields.delete(field);
    };
  }

  /** Commits every field, then reads all values by name. */
  submit(): Record<string, FieldValue> {
    const values: Record<string, FieldValue> = {};
    for (const field of this.#fields) {
      field.commit();
      if (field.name !== '') values[field.name] = field.value();
    }
    return values;
  }
}

const FormFieldsContext = createContext<FormFields | null>(null);

/** Makes an input known to the form around it, if there is one. */
export function useFormField(
  name: string | undefined,
  value: FieldValue,
  commit: () => void = () => undefined,
): void {
  const fields = useContext(FormFieldsContext);
  const latest = useRef({ value, commit });
  useEffect(() => {
    latest.current = { value, commit };
  });
  useEffect(
    () =>
      fields?.add({
        name: name ?? '',
        value: () => latest.current.value,
        commit: () => {
          latest.current.commit();
        },
      }),
    [fields, name],
  );
}

export function Form(props: FormProps): ReactElement {
  const reactions = useReactions();
  const fields = useMemo(() => new FormFields(), []);
  return (
    <form
      className="ui-form"
      noValidate
      autoComplete={props.autoComplete}
      onSubmit={(event) => {
        event.preventDefault();
        // A form inside a dialog of another form is submitted alone.
        event.stopPropagation();
        // HubSpot's type says strings and numbers; dates, switches and lists come as what they are.
        const targetValue = fields.submit() as FormInputValues;
        invoke(props.onSubmit, { ...extensionEvent('submit'), targetValue }, reactions);
      }}
    >
      <FormFieldsContext.Provider value={fields}>{props.children}</FormFieldsContext.Provider>
    </form>
  );
}
