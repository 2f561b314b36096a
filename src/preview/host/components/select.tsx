// Select and MultiSelect: a button with what is chosen, and the list behind it (listbox.tsx).
import type { MultiSelectProps, SelectProps } from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { KeyboardEvent, ReactElement, ReactNode } from 'react';
import { useOwned } from './choices.tsx';
import { Field } from './field.tsx';
import type { FieldFrameProps, FieldIds } from './field.tsx';
import { useFormField } from './form.tsx';
import { Glyph } from './icons.tsx';
import { Listbox } from './listbox.tsx';
import type { Option, OptionValue } from './listbox.tsx';
import { useAnchor } from './overlay-slots.tsx';
import { invoke } from './remote-call.ts';
import { classNames } from './sizes.ts';

interface ChooserProps {
  readonly frame: FieldFrameProps;
  readonly name: string | undefined;
  readonly options: readonly Option[];
  readonly chosen: readonly OptionValue[];
  readonly multiple: boolean;
  readonly readOnly: boolean;
  readonly transparent: boolean;
  readonly placeholder: string;
  readonly onChoose: (value: OptionValue) => void;
  readonly onSearch?: ((text: string) => void) | undefined;
  /** What the button shows when something is chosen. */
  readonly children: ReactNode;
}

function Chooser(props: ChooserProps): ReactElement {
  const anchor = useAnchor<HTMLButtonElement>();
  const [isOpen, setOpen] = useState(false);
  const close = (): void => {
    setOpen(false);
  };
  const button = ({ inputId, labelId, describedBy }: FieldIds): ReactElement => (
    <>
      <button
        ref={anchor}
        id={inputId}
        type="button"
        name={props.name}
        className={classNames(
          props.transparent ? 'ui-select-link' : 'ui-input ui-select',
          props.chosen.length === 0 && 'ui-select--empty',
        )}
        disabled={props.readOnly}
        aria-haspopup="listbox"
        aria-expanded={isOpen}
        aria-labelledby={props.frame.label === undefined ? undefined : `${labelId} ${inputId}`}
        aria-invalid={props.frame.error === true}
        aria-describedby={describedBy}
        onClick={() => {
          setOpen(!isOpen);
        }}
        onKeyDown={(event: KeyboardEvent) => {
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        <span className="ui-select-value">
          {props.chosen.length === 0 ? props.placeholder : props.children}
        </span>
        <Glyph name="downCarat" />
      </button>
      {isOpen && (
        <Listbox
          anchor={anchor}
          options={props.options}
          chosen={props.chosen}
          multiple={props.multiple}
          labelledBy={props.frame.label === undefined ? inputId : labelId}
          onSearch={props.onSearch}
          onClose={close}
          onChoose={(value) => {
            props.onChoose(value);
            if (props.multiple) return;
            anchor.current?.focus();
            close();
          }}
        />
      )}
    </>
  );
  return <Field {...props.frame}>{button}</Field>;
}

export function Select(props: SelectProps): ReactElement {
  const [chosen, setChosen] = useOwned<OptionValue>(props.value, '');
  const option = props.options.find(({ value }) => value === chosen);
  useFormField(props.name, chosen);
  const { onInput } = props;
  return (
    <Chooser
      frame={props}
      name={props.name}
      options={props.options}
      chosen={option === undefined ? [] : [option.value]}
      multiple={false}
      readOnly={props.readOnly === true}
      transparent={props.variant === 'transparent'}
      placeholder={props.placeholder ?? 'Select'}
      onSearch={
        onInput === undefined
          ? undefined
          : (text) => {
              invoke(onInput, text);
            }
      }
      onChoose={(value) => {
        setChosen(value);
        if (value !== chosen) invoke(props.onChange, value);
      }}
    >
      {option?.label}
    </Chooser>
  );
}

export function MultiSelect(props: MultiSelectProps): ReactElement {
  const [chosen, setChosen] = useOwned<OptionValue[]>(props.value, []);
  const labels = props.options.filter(({ value }) => chosen.includes(value));
  useFormField(props.name, chosen);
  return (
    <Chooser
      frame={props}
      name={props.name}
      options={props.options}
      chosen={chosen}
      multiple
      readOnly={props.readOnly === true}
      transparent={props.variant === 'transparent'}
      placeholder={props.placeholder ?? 'Select'}
      onChoose={(value) => {
        const next = chosen.includes(value)
          ? chosen.filter((each) => each !== value)
          : [...chosen, value];
        setChosen(next);
        invoke(props.onChange, next);
      }}
    >
      {labels.map((option) => (
        <span key={String(option.value)} className="ui-chosen">
          {option.label}
        </span>
      ))}
    </Chooser>
  );
}
