// What unfolds or steps: Accordion and StepIndicator.
import type { AccordionProps, StepIndicatorProps } from '@hubspot/ui-extensions';
import { useId, useState } from 'react';
import type { ReactElement } from 'react';
import { Glyph } from './icons.tsx';
import { invoke } from './remote-call.ts';
import { classNames, sizeName } from './sizes.ts';

export function Accordion(props: AccordionProps): ReactElement {
  const contentId = useId();
  const [ownOpen, setOwnOpen] = useState(props.defaultOpen ?? false);
  const isOpen = props.open ?? ownOpen;
  return (
    <div className={`ui-accordion ui-accordion--${sizeName(props.size, 'sm')}`}>
      <button
        type="button"
        className="ui-accordion-title"
        aria-expanded={isOpen}
        aria-controls={contentId}
        disabled={props.disabled === true}
        onClick={() => {
          setOwnOpen(!isOpen);
          invoke(props.onClick);
        }}
      >
        <Glyph name={isOpen ? 'downCarat' : 'right'} />
        <span>{props.title}</span>
      </button>
      <div id={contentId} className="ui-accordion-content" hidden={!isOpen}>
        {isOpen && props.children}
      </div>
    </div>
  );
}

export function StepIndicator(props: StepIndicatorProps): ReactElement {
  const current = props.currentStep ?? 0;
  const currentNameOnly = props.variant === 'compact' || props.variant === 'flush';
  return (
    <ol className={`ui-steps ui-steps--${props.direction ?? 'horizontal'}`}>
      {props.stepNames.map((name, index) => (
        <li
          key={name}
          aria-current={index === current ? 'step' : undefined}
          className={classNames(
            'ui-step',
            index < current && 'ui-step--done',
            index === current && 'ui-step--current',
          )}
        >
          <button
            type="button"
            className="ui-step-button"
            disabled={props.onClick === undefined}
            onClick={() => {
              invoke(props.onClick, index);
            }}
          >
            <span className={`ui-step-circle ui-step-circle--${sizeName(props.circleSize, 'sm')}`}>
              {index < current ? <Glyph name="success" /> : null}
            </span>
            <span className={currentNameOnly && index !== current ? 'ui-spoken' : 'ui-step-name'}>
              {name}
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}
