// Tabs: the titles of the Tab children become a strip of tabs. A Tab is a component of the extension's tree like
// any other, so the strip can't read its props; instead each Tab reports its title from where it is rendered, and
// the place in the document gives the order.
import type { TabProps, TabsProps } from '@hubspot/ui-extensions';
import {
  createContext,
  useCallback,
  useContext,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { KeyboardEvent, ReactElement } from 'react';
import { ALONG_ROW, entryMovedTo } from './moving-focus.ts';
import { invoke } from './remote-call.ts';
import { classNames } from './sizes.ts';

type TabId = string | number;

interface TabEntry {
  readonly key: string;
  readonly tabId: TabId | undefined;
  readonly title: string;
  readonly disabled: boolean;
  readonly tooltip: string | undefined;
  readonly element: HTMLElement;
}

interface TabStrip {
  readonly report: (entry: TabEntry) => () => void;
  readonly selectedKey: string | null;
}

const TabStripContext = createContext<TabStrip | null>(null);

function inDocumentOrder(entries: readonly TabEntry[]): readonly TabEntry[] {
  return entries.toSorted((one, other) =>
    one.element.compareDocumentPosition(other.element) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1,
  );
}

/** A Tab without an id of its own goes by its position. */
function idOf(entries: readonly TabEntry[], entry: TabEntry): TabId {
  return entry.tabId ?? entries.indexOf(entry);
}

function findSelected(entries: readonly TabEntry[], wanted: TabId | undefined): TabEntry | null {
  const match = entries.find((entry) => idOf(entries, entry) === wanted);
  return match ?? entries.find((entry) => !entry.disabled) ?? null;
}

function moveAlongStrip(event: KeyboardEvent<HTMLElement>): void {
  const tabs = [
    ...event.currentTarget.querySelectorAll<HTMLElement>('[role="tab"]:not([disabled])'),
  ];
  const next = entryMovedTo(event.key, tabs, ALONG_ROW);
  if (next === null) return;
  event.preventDefault();
  next.focus();
  next.click();
}

export function Tabs(props: TabsProps): ReactElement {
  const [reported, setReported] = useState<readonly TabEntry[]>([]);
  const [ownSelected, setOwnSelected] = useState(props.defaultSelected);
  const report = useCallback((entry: TabEntry) => {
    setReported((entries) => [...entries.filter(({ key }) => key !== entry.key), entry]);
    return () => {
      setReported((entries) => entries.filter(({ key }) => key !== entry.key));
    };
  }, []);
  const entries = useMemo(() => inDocumentOrder(reported), [reported]);
  const selected = findSelected(entries, props.selected ?? ownSelected);
  const strip = useMemo(
    () => ({ report, selectedKey: selected?.key ?? null }),
    [report, selected?.key],
  );
  return (
    <div className={`ui-tabs ui-tabs--${props.variant ?? 'default'}`}>
      <div
        role="tablist"
        className={classNames('ui-tab-strip', props.fill === true && 'ui-tab-strip--filled')}
        onKeyDown={moveAlongStrip}
      >
        {entries.map((entry) => (
          <button
            key={entry.key}
            id={`${entry.key}-tab`}
            type="button"
            role="tab"
            className="ui-tab"
            title={entry.tooltip}
            disabled={entry.disabled}
            aria-selected={entry === selected}
            aria-controls={`${entry.key}-panel`}
            tabIndex={entry === selected ? 0 : -1}
            onClick={() => {
              const tabId = idOf(entries, entry);
              setOwnSelected(tabId);
              // HubSpot types the handler as one of three; each of them takes the id it gave.
              invoke(props.onSelectedChange as ((id: TabId) => void) | undefined, tabId);
            }}
          >
            {entry.title}
          </button>
        ))}
      </div>
      <TabStripContext.Provider value={strip}>{props.children}</TabStripContext.Provider>
    </div>
  );
}

export function Tab(props: TabProps): ReactElement {
  const key = useId();
  const strip = useContext(TabStripContext);
  const panel = useRef<HTMLDivElement>(null);
  const { tabId, title = '', disabled = false, tooltip } = props;
  const report = strip?.report;
  useLayoutEffect(() => {
    if (report === undefined || panel.current === null) return undefined;
    return report({ key, tabId, title, disabled, tooltip, element: panel.current });
  }, [report, key, tabId, title, disabled, tooltip]);

  // Once shown, a tab stays in the document: what was typed in it is still there on the way back.
  const isSelected = strip === null || strip.selectedKey === key;
  const wasShown = useRef(false);
  if (isSelected) wasShown.current = true;
  return (
    <div
      ref={panel}
      id={`${key}-panel`}
      role="tabpanel"
      aria-labelledby={`${key}-tab`}
      className="ui-tab-panel"
      hidden={!isSelected}
    >
      {wasShown.current && props.children}
    </div>
  );
}
