// Choosing by a click: Checkbox, RadioButton, Toggle and ToggleGroup.
import type {
  CheckboxProps,
  RadioButtonProps,
  ToggleGroupProps,
  ToggleProps,
} from '@hubspot/ui-extensions';
import { useId, useState } from 'react';
import type { ReactElement, ReactNode } from 'react';
import { Field } from './field.tsx';
import { useFormField } from './form.tsx';
import { invoke } from './remote-call.ts';
import { classNames, sizeName } from './sizes.ts';

/** A state that the extension may own (`given`), may change at any time, or leave to the input. */
export function useOwned<Value>(
  given: Value | undefined,
  initial: Value,
): [Value, (value: Value) => void] {
  const [own, setOwn] = useState(given ?? initial);
  const [seen, setSeen] = useState(given);
  if (given !== undefined && JSON.stringify(given) !== JSON.stringify(seen)) {
    setSeen(given);
    setOwn(given);
    return [given, setOwn];
  }
  return [own, setOwn];
}

interface TickProps {
  readonly kind: 'checkbox' | 'radio';
  readonly name: string | undefined;
  readonly value: string | undefined;
  readonly checked: boolean;
  readonly readOnly: boolean;
  readonly small: boolean;
  readonly description: string | undefined;
  readonly label?: string | undefined;
  readonly onTick: (checked: boolean) => void;
  readonly children: ReactNode;
}

function Tick(props: TickProps): ReactElement {
  const descriptionId = useId();
  return (
    <div className={classNames('ui-tick', props.small && 'ui-tick--small')}>
      <label className="ui-tick-label">
        <input
          type={props.kind}
          name={props.name}
          value={props.value}
          checked={props.checked}
          disabled={props.readOnly}
          aria-label={props.label}
          aria-describedby={props.description === undefined ? undefined : descriptionId}
          onChange={(event) => {
            props.onTick(event.target.checked);
          }}
        />
        <span>{props.children}</span>
      </label>
      {props.description !== undefined && (
        <div id={descriptionId} className="ui-tick-description">
          {props.description}
        </div>
      )}
    </div>
  );
}

function isSmall(props: { readonly size?: string; readonly variant?: string }): boolean {
  return sizeName(props.size ?? props.variant, 'md') === 'sm';
}

export function Checkbox(props: CheckboxProps): ReactElement {
  const [checked, setChecked] = useOwned(props.checked, props.initialIsChecked ?? false);
  useFormField(props.name, checked ? (props.value ?? true) : false);
  return (
    <div className={props.inline === true ? 'ui-inline-choice' : undefined}>
      <Tick
        kind="checkbox"
        name={props.name}
        value={props.value}
        checked={checked}
        readOnly={props.readOnly ?? props.readonly ?? false}
        small={isSmall(props)}
        description={props.description}
        label={props['aria-label']}
        onTick={(ticked) => {
          setChecked(ticked);
          invoke(props.onChange, ticked, props.value ?? '');
        }}
      >
        {props.children}
      </Tick>
    </div>
  );
}

/** One radio button by itself: the extension decides which of several is checked. */
export function RadioButton(props: RadioButtonProps): ReactElement {
  const [checked, setChecked] = useOwned(props.checked, props.initialIsChecked ?? false);
  useFormField(checked ? props.name : undefined, props.value ?? '');
  return (
    <div className={props.inline === true ? 'ui-inline-choice' : undefined}>
      <Tick
        kind="radio"
        name={props.name}
        value={props.value}
        checked={checked}
        readOnly={props.readOnly ?? props.readonly ?? false}
        small={isSmall(props)}
        description={props.description}
        onTick={(ticked) => {
          setChecked(ticked);
          invoke(props.onChange, ticked, props.value ?? '');
        }}
      >
        {props.children}
      </Tick>
    </div>
  );
}

export function Toggle(props: ToggleProps): ReactElement {
  const labelId = useId();
  const [checked, setChecked] = useOwned(props.checked, props.initialIsChecked ?? false);
  useFormField(props.name, checked);
  const size = sizeName(props.size, 'md');
  const labelDisplay = props.labelDisplay ?? 'inline';
  return (
    <div className={`ui-toggle ui-toggle--label-${labelDisplay}`}>
      <span id={labelId} className={labelDisplay === 'hidden' ? 'ui-spoken' : 'ui-toggle-label'}>
        {props.label}
      </span>
      <button
        type="button"
        role="switch"
        aria-checked={checked}
        aria-labelledby={labelId}
        disabled={props.readOnly ?? props.readonly ?? false}
        className={`ui-switch ui-switch--${size}`}
        onClick={() => {
          setChecked(!checked);
          invoke(props.onChange, !checked);
        }}
      >
        {size === 'md' && (
          <span className="ui-switch-text" aria-hidden="true">
            {checked ? (props.textChecked ?? 'ON') : (props.textUnchecked ?? 'OFF')}
          </span>
        )}
        <span className="ui-switch-knob" aria-hidden="true" />
      </button>
    </div>
  );
}

function initiallyChosen(props: ToggleGroupProps): string[] {
  return props.options
    .filter((option) => option.initialIsChecked === true)
    .map(({ value }) => value);
}

function asList(value: string | string[] | undefined): string[] | undefined {
  return typeof value === 'string' ? [value] : value;
}

export function ToggleGroup(props: ToggleGroupProps): ReactElement {
  const groupId = useId();
  const isRadio = props.toggleType === 'radioButtonList';
  const [chosen, setChosen] = useOwned(asList(props.value), initiallyChosen(props));
  useFormField(props.name, isRadio ? (chosen[0] ?? '') : chosen);

  const choose = (value: string, ticked: boolean): void => {
    if (props.toggleType === 'radioButtonList') {
      setChosen([value]);
      invoke(props.onChange, value);
      return;
    }
    // In the order of the options, whatever the order of the clicks.
    const next = props.options
      .map((option) => option.value)
      .filter((each) => (each === value ? ticked : chosen.includes(each)));
    setChosen(next);
    invoke(props.onChange, next);
  };

  return (
    <Field kind="group" {...props}>
      {() => (
        <div className={classNames('ui-choices', props.inline === true && 'ui-choices--inline')}>
          {props.options.map((option) => (
            <Tick
              key={option.value}
              kind={isRadio ? 'radio' : 'checkbox'}
              name={`${groupId}-${props.name}`}
              value={option.value}
              checked={chosen.includes(option.value)}
              readOnly={option.readOnly ?? option.readonly ?? false}
              small={isSmall(props)}
              description={option.description}
              onTick={(ticked) => {
                choose(option.value, ticked);
              }}
            >
              {option.label}
            </Tick>
          ))}
        </div>
      )}
    </Field>
  );
}
