// The frame around every input: its label with the required mark and help, its description, and the message below
// that turns red with `error`. It gives the input its ids, so that a screen reader says all of this with it.
import { useId } from 'react';
import type { ReactElement, ReactNode } from 'react';
import { classNames } from './sizes.ts';
import { HelpMark } from './tooltip.tsx';

export interface FieldFrameProps {
  readonly label?: string | undefined;
  readonly required?: boolean | undefined;
  readonly description?: string | undefined;
  readonly tooltip?: string | undefined;
  readonly error?: boolean | undefined;
  readonly validationMessage?: string | undefined;
}

export interface FieldIds {
  readonly inputId: string;
  readonly labelId: string;
  /** For `aria-describedby`; undefined when nothing describes the input. */
  readonly describedBy: string | undefined;
}

export interface FieldProps extends FieldFrameProps {
  /** `group` for several inputs under one label. */
  readonly kind?: 'input' | 'group';
  readonly children: (ids: FieldIds) => ReactNode;
}

export function Field({ kind = 'input', children, ...frame }: FieldProps): ReactElement {
  const inputId = useId();
  const labelId = `${inputId}-label`;
  const descriptionId = `${inputId}-description`;
  const messageId = `${inputId}-message`;
  const hasMessage = frame.validationMessage !== undefined && frame.validationMessage !== '';
  const describedBy = [
    frame.description !== undefined && descriptionId,
    hasMessage && messageId,
  ].filter((id) => id !== false);
  const failed = frame.error === true;
  const mark = frame.required === true && (
    <span className="ui-field-required" aria-hidden="true">
      *
    </span>
  );
  return (
    <div
      className={classNames('ui-field', failed && 'ui-field--error')}
      role={kind === 'group' ? 'group' : undefined}
      aria-labelledby={kind === 'group' ? labelId : undefined}
    >
      {frame.label !== undefined && frame.label !== '' && (
        <div className="ui-field-label">
          {kind === 'group' ? (
            <span id={labelId}>
              {frame.label}
              {mark}
            </span>
          ) : (
            <label id={labelId} htmlFor={inputId}>
              {frame.label}
              {mark}
            </label>
          )}
          {frame.tooltip !== undefined && <HelpMark text={frame.tooltip} />}
        </div>
      )}
      {frame.description !== undefined && (
        <div id={descriptionId} className="ui-field-description">
          {frame.description}
        </div>
      )}
      {children({
        inputId,
        labelId,
        describedBy: describedBy.length > 0 ? describedBy.join(' ') : undefined,
      })}
      {hasMessage && (
        <div id={messageId} className="ui-field-message" role={failed ? 'alert' : undefined}>
          {frame.validationMessage}
        </div>
      )}
    </div>
  );
}
