// Inputs of plain text: Input, TextArea and SearchInput. `onInput` follows every key; `onChange` is told when the
// input is left or its form is submitted, as in HubSpot.
import type { InputProps, SearchInputProps, TextAreaProps } from '@hubspot/ui-extensions';
import type { ChangeEvent, KeyboardEvent, ReactElement } from 'react';
import { Field } from './field.tsx';
import type { FieldIds } from './field.tsx';
import { useFormField } from './form.tsx';
import { Glyph } from './icons.tsx';
import { invoke } from './remote-call.ts';
import { useDraft } from './use-draft.ts';
import type { Draft } from './use-draft.ts';

type TextElement = HTMLInputElement | HTMLTextAreaElement;

interface TextBinding {
  readonly draft: Draft;
  readonly commit: () => void;
  readonly attributes: (ids: FieldIds) => {
    readonly id: string;
    readonly name: string;
    readonly value: string;
    readonly placeholder: string | undefined;
    readonly readOnly: boolean;
    readonly 'aria-required': boolean;
    readonly 'aria-invalid': boolean;
    readonly 'aria-describedby': string | undefined;
    readonly onChange: (event: ChangeEvent<TextElement>) => void;
    readonly onFocus: () => void;
    readonly onBlur: () => void;
  };
}

function useText(props: InputProps | TextAreaProps | SearchInputProps): TextBinding {
  const draft = useDraft(props.value, props.defaultValue ?? '');
  const commit = (): void => {
    if (draft.settle()) invoke(props.onChange, draft.text);
  };
  useFormField(props.name, draft.text, commit);
  return {
    draft,
    commit,
    attributes: ({ inputId, describedBy }) => ({
      id: inputId,
      name: props.name,
      value: draft.text,
      placeholder: props.placeholder,
      readOnly: props.readOnly === true,
      'aria-required': props.required === true,
      'aria-invalid': props.error === true,
      'aria-describedby': describedBy,
      onChange: (event) => {
        draft.type(event.target.value);
        invoke(props.onInput, event.target.value);
      },
      onFocus: () => {
        invoke(props.onFocus, draft.text);
      },
      onBlur: () => {
        commit();
        invoke(props.onBlur, draft.text);
      },
    }),
  };
}

export function Input(props: InputProps): ReactElement {
  const { attributes } = useText(props);
  return (
    <Field {...props}>
      {(ids) => <input {...attributes(ids)} type={props.type ?? 'text'} className="ui-input" />}
    </Field>
  );
}

export function TextArea(props: TextAreaProps): ReactElement {
  const { attributes } = useText(props);
  return (
    <Field {...props}>
      {(ids) => (
        <textarea
          {...attributes(ids)}
          className="ui-input ui-textarea"
          rows={props.rows ?? 3}
          cols={props.cols}
          maxLength={props.maxLength}
          style={{ resize: props.resize ?? 'both' }}
        />
      )}
    </Field>
  );
}

export function SearchInput(props: SearchInputProps): ReactElement {
  const { draft, commit, attributes } = useText(props);
  const clear = (): void => {
    draft.type('');
    invoke(props.onInput, '');
    invoke(props.onChange, '');
  };
  return (
    <Field {...props}>
      {(ids) => (
        <div className="ui-search">
          <input
            {...attributes(ids)}
            type="search"
            className="ui-input ui-search-input"
            aria-label={props.label ? undefined : (props.placeholder ?? 'Search')}
            onKeyDown={(event: KeyboardEvent) => {
              if (event.key === 'Enter') commit();
            }}
          />
          {props.clearable !== false && draft.text !== '' ? (
            <button type="button" className="ui-search-mark" aria-label="Clear" onClick={clear}>
              <Glyph name="remove" />
            </button>
          ) : (
            <span className="ui-search-mark" aria-hidden="true">
              <Glyph name="search" />
            </span>
          )}
        </div>
      )}
    </Field>
  );
}
