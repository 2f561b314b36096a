// The list that Select and MultiSelect open: options under the button, with a search field when there are more
// than seven (as HubSpot's has). Arrow keys move, Enter or Space choose, Escape closes.
import { useEffect, useId, useRef, useState } from 'react';
import type { KeyboardEvent, ReactElement, RefObject } from 'react';
import { AnchoredLayer } from './anchored-layer.tsx';
import { Glyph } from './icons.tsx';
import { classNames } from './sizes.ts';

export type OptionValue = string | number | boolean;

export interface Option {
  readonly label: string;
  readonly value: OptionValue;
}

export interface ListboxProps {
  readonly anchor: RefObject<HTMLElement | null>;
  readonly options: readonly Option[];
  readonly chosen: readonly OptionValue[];
  readonly multiple: boolean;
  readonly labelledBy: string;
  readonly onChoose: (value: OptionValue) => void;
  readonly onSearch?: ((text: string) => void) | undefined;
  readonly onClose: () => void;
}

/** HubSpot adds a search field above this many options. */
const SEARCH_ABOVE = 7;

function matching(options: readonly Option[], search: string): readonly Option[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return options.filter(({ label }) => {
    const text = label.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** A letter goes to the next option that begins with it, as in a browser's own list. */
function nextBeginningWith(letter: string, options: readonly Option[], active: number): number {
  const begins = (index: number): boolean =>
    options[index]?.label.toLowerCase().startsWith(letter.toLowerCase()) === true;
  const after = Array.from(options, (_, step) => (active + 1 + step) % options.length);
  return after.find(begins) ?? -1;
}

export function Listbox(props: ListboxProps): ReactElement {
  const { anchor, options, chosen, onClose } = props;
  const listId = useId();
  const [search, setSearch] = useState('');
  const shown = matching(options, search);
  const [active, setActive] = useState(() =>
    Math.max(
      0,
      options.findIndex(({ value }) => chosen.includes(value)),
    ),
  );
  const focusHere = useRef<HTMLElement | null>(null);
  const list = useRef<HTMLDivElement | null>(null);
  const hasSearch = options.length > SEARCH_ABOVE || props.onSearch !== undefined;

  useEffect(() => {
    focusHere.current?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    list.current?.querySelector('[data-active="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [active, search]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const move = (to: number): void => {
      event.preventDefault();
      setActive(Math.max(0, Math.min(shown.length - 1, to)));
    };
    const typesText = event.target instanceof HTMLInputElement;
    if (event.key === 'ArrowDown') move(active + 1);
    else if (event.key === 'ArrowUp') move(active - 1);
    else if (event.key === 'Home' && !typesText) move(0);
    else if (event.key === 'End' && !typesText) move(shown.length - 1);
    else if (event.key === 'Escape' || event.key === 'Tab') {
      // A dialog around it closes at an Escape of its own, and keeps Tab inside.
      if (event.key === 'Escape') event.stopPropagation();
      anchor.current?.focus();
      onClose();
    } else if (event.key === 'Enter' || (event.key === ' ' && !typesText)) {
      // Never the form's submit.
      event.preventDefault();
      const option = shown[active];
      if (option !== undefined) props.onChoose(option.value);
    } else if (!typesText && event.key.length === 1) {
      const found = nextBeginningWith(event.key, shown, active);
      if (found >= 0) move(found);
    }
  };

  const activeOption = shown[active];
  const activeId =
    activeOption === undefined ? undefined : `${listId}-${options.indexOf(activeOption)}`;
  return (
    <AnchoredLayer anchor={anchor} placement="bottom-start" matchWidth onOutside={onClose}>
      <div className="ui-listbox" onKeyDown={onKeyDown}>
        {hasSearch && (
          <input
            ref={(element) => {
              focusHere.current = element;
            }}
            type="text"
            role="combobox"
            aria-expanded="true"
            aria-controls={listId}
            aria-activedescendant={activeId}
            aria-label="Search the options"
            placeholder="Search"
            className="ui-input ui-listbox-search"
            value={search}
            onChange={(event) => {
              setSearch(event.target.value);
              setActive(0);
              props.onSearch?.(event.target.value);
            }}
          />
        )}
        <div
          id={listId}
          ref={(element) => {
            list.current = element;
            if (!hasSearch) focusHere.current = element;
          }}
          role="listbox"
          tabIndex={hasSearch ? undefined : 0}
          aria-multiselectable={props.multiple}
          aria-labelledby={props.labelledBy}
          aria-activedescendant={hasSearch ? undefined : activeId}
          className="ui-listbox-options"
          onMouseDown={(event) => {
            // The focus stays where the keys are heard.
            event.preventDefault();
          }}
        >
          {shown.map((option, index) => {
            const isChosen = chosen.includes(option.value);
            return (
              <div
                key={String(option.value)}
                id={`${listId}-${options.indexOf(option)}`}
                role="option"
                aria-selected={isChosen}
                data-active={index === active}
                className={classNames('ui-option', isChosen && 'ui-option--chosen')}
                onMouseMove={() => {
                  if (index !== active) setActive(index);
                }}
                onClick={() => {
                  props.onChoose(option.value);
                }}
              >
                <span>{option.label}</span>
                {isChosen && <Glyph name="success" />}
              </div>
            );
          })}
          {shown.length === 0 && <div className="ui-listbox-empty">No option matches.</div>}
        </div>
      </div>
    </AnchoredLayer>
  );
}
