// Inputs of numbers: NumberInput, CurrencyInput and StepperInput. They are text fields that commit a number when
// they are left; what is no number stays visible and is not committed.
import type {
  CurrencyInputProps,
  NumberInputProps,
  StepperInputProps,
} from '@hubspot/ui-extensions';
import type { ReactElement, ReactNode } from 'react';
import { Field } from './field.tsx';
import { useFormField } from './form.tsx';
import { Glyph } from './icons.tsx';
import { invoke } from './remote-call.ts';
import { useDraft } from './use-draft.ts';
import type { Draft } from './use-draft.ts';

type NumberProps = NumberInputProps | CurrencyInputProps | StepperInputProps;

function numberFrom(text: string): number | null {
  const trimmed = text.trim().replaceAll(',', '');
  const value = Number(trimmed);
  return trimmed === '' || Number.isNaN(value) ? null : value;
}

/** Inside its bounds, and with as many digits as it may have. */
function fit(value: number, props: NumberProps): number {
  const bounded = Math.min(props.max ?? Infinity, Math.max(props.min ?? -Infinity, value));
  return props.precision === undefined ? bounded : Number(bounded.toFixed(props.precision));
}

function asText(value: number | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}

interface NumberFieldProps {
  readonly props: NumberProps;
  readonly draft: Draft;
  readonly commit: () => void;
  readonly before?: ReactNode;
  readonly after?: ReactNode;
}

function NumberField({ props, draft, commit, before, after }: NumberFieldProps): ReactElement {
  return (
    <Field {...props}>
      {({ inputId, describedBy }) => (
        <div className="ui-affixed">
          {before}
          <input
            id={inputId}
            name={props.name}
            className="ui-input"
            inputMode="decimal"
            autoComplete="off"
            value={draft.text}
            placeholder={props.placeholder}
            readOnly={props.readOnly === true}
            style={{ textAlign: 'textAlign' in props ? props.textAlign : undefined }}
            aria-required={props.required === true}
            aria-invalid={props.error === true}
            aria-describedby={describedBy}
            onChange={(event) => {
              draft.type(event.target.value);
              const value = numberFrom(event.target.value);
              if ('onInput' in props && value !== null) invoke(props.onInput, value);
            }}
            onFocus={() => {
              const value = numberFrom(draft.text);
              if (value !== null) invoke(props.onFocus, value);
            }}
            onBlur={() => {
              commit();
              const value = numberFrom(draft.text);
              if (value !== null) invoke(props.onBlur, value);
            }}
          />
          {after}
        </div>
      )}
    </Field>
  );
}

interface NumberBinding {
  readonly draft: Draft;
  readonly commit: () => void;
}

function useNumber(props: NumberProps): NumberBinding {
  const draft = useDraft(asText(props.value), asText(props.defaultValue) ?? '');
  const commit = (): void => {
    const value = numberFrom(draft.text);
    if (value === null || !draft.settle()) return;
    const fitted = fit(value, props);
    if (fitted !== value) draft.type(String(fitted));
    invoke(props.onChange, fitted);
  };
  useFormField(props.name, numberFrom(draft.text) ?? '', commit);
  return { draft, commit };
}

export function NumberInput(props: NumberInputProps): ReactElement {
  const number = useNumber(props);
  const unit = props.formatStyle === 'percentage' ? <span className="ui-affix">%</span> : null;
  return <NumberField props={props} {...number} after={unit} />;
}

export function CurrencyInput(props: CurrencyInputProps): ReactElement {
  const number = useNumber(props);
  const currency = <span className="ui-affix">{props.currency ?? 'USD'}</span>;
  return <NumberField props={props} {...number} before={currency} />;
}

export function StepperInput(props: StepperInputProps): ReactElement {
  const number = useNumber(props);
  const current = numberFrom(number.draft.text) ?? props.min ?? 0;
  const stepButton = (step: number, glyph: string, name: string): ReactElement => {
    const next = fit(current + step, props);
    const atEnd = next === current;
    const reason = step < 0 ? props.minValueReachedTooltip : props.maxValueReachedTooltip;
    return (
      <button
        type="button"
        className="ui-stepper-button"
        aria-label={`${name} ${props.label}`}
        title={atEnd ? reason : undefined}
        disabled={props.readOnly === true || atEnd}
        onClick={() => {
          number.draft.type(String(next));
          invoke(props.onChange, next);
        }}
      >
        <Glyph name={glyph} />
      </button>
    );
  };
  const stepSize = props.stepSize ?? 1;
  return (
    <NumberField
      props={props}
      {...number}
      before={stepButton(-stepSize, 'minus', 'Decrease')}
      after={stepButton(stepSize, 'add', 'Increase')}
    />
  );
}
