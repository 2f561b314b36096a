// What tells how things stand: alerts, empty and error states, spinners and progress.
import type {
  AlertProps,
  EmptyStateProps,
  ErrorStateProps,
  LoadingSpinnerProps,
  ProgressBarProps,
} from '@hubspot/ui-extensions';
import { useId } from 'react';
import type { ReactElement } from 'react';
import { Glyph } from './icons.tsx';
import { classNames, sizeName } from './sizes.ts';

const URGENT = new Set(['error', 'danger', 'warning']);

export function Alert(props: AlertProps): ReactElement {
  const variant = props.variant === 'error' ? 'danger' : (props.variant ?? 'info');
  return (
    <div
      className={`ui-alert ui-alert--${variant}`}
      role={URGENT.has(variant) ? 'alert' : 'status'}
    >
      <div className="ui-alert-title">{props.title}</div>
      {props.children !== undefined && <div className="ui-alert-body">{props.children}</div>}
    </div>
  );
}

/** A drawing of our own where HubSpot shows one of its illustrations. */
function StateDrawing({
  glyph,
  width,
}: {
  readonly glyph: string;
  readonly width: number;
}): ReactElement {
  return (
    <div className="ui-state-drawing" style={{ maxWidth: width }} aria-hidden="true">
      <Glyph name={glyph} />
    </div>
  );
}

export function EmptyState(props: EmptyStateProps): ReactElement {
  return (
    <div
      className={classNames(
        'ui-state',
        `ui-state--${props.layout ?? 'horizontal'}`,
        props.reverseOrder === true && 'ui-state--reversed',
        props.flush === true && 'ui-state--flush',
      )}
    >
      <div className="ui-state-words">
        {props.title !== undefined && <h3 className="ui-state-title">{props.title}</h3>}
        {props.children}
      </div>
      <StateDrawing glyph="crm" width={Math.min(props.imageWidth ?? 250, 120)} />
    </div>
  );
}

const ERROR_GLYPHS = { error: 'warning', support: 'questionCircle', lock: 'locked' } as const;

export function ErrorState(props: ErrorStateProps): ReactElement {
  return (
    <div className="ui-state ui-state--vertical ui-state--error" role="alert">
      <StateDrawing glyph={ERROR_GLYPHS[props.type ?? 'error']} width={72} />
      <div className="ui-state-words">
        {props.title !== undefined && <h3 className="ui-state-title">{props.title}</h3>}
        {props.children}
      </div>
    </div>
  );
}

export function LoadingSpinner(props: LoadingSpinnerProps): ReactElement {
  const shown = props.showLabel === true;
  return (
    <div
      className={classNames('ui-loading', props.layout === 'centered' && 'ui-loading--centered')}
      role="status"
    >
      <span className={`ui-spinner ui-spinner--${sizeName(props.size, 'sm')}`} aria-hidden="true" />
      <span className={shown ? 'ui-loading-label' : 'ui-spoken'}>{props.label}</span>
    </div>
  );
}

export function ProgressBar(props: ProgressBarProps): ReactElement {
  const titleId = useId();
  const value = props.value ?? 0;
  const maximum = props.maxValue ?? props.valueMax ?? 100;
  const percent = maximum > 0 ? Math.max(0, Math.min(100, (value / maximum) * 100)) : 0;
  return (
    <div className={`ui-progress ui-progress--${props.variant ?? 'success'}`}>
      {props.title !== undefined && (
        <div id={titleId} className="ui-progress-title">
          {props.title}
        </div>
      )}
      <div className="ui-progress-row">
        <div
          role="progressbar"
          aria-label={props['aria-label']}
          aria-labelledby={props['aria-label'] === undefined ? titleId : undefined}
          aria-valuenow={value}
          aria-valuemin={0}
          aria-valuemax={maximum}
          aria-valuetext={props.valueDescription}
          className="ui-progress-track"
        >
          <div className="ui-progress-fill" style={{ width: `${percent}%` }} />
        </div>
        {props.showPercentage === true && (
          <span className="ui-progress-percent">{Math.round(percent)}%</span>
        )}
      </div>
      {props.valueDescription !== undefined && (
        <div className="ui-progress-description">{props.valueDescription}</div>
      )}
    </div>
  );
}
