// Alerts that extensions raise by `actions.addAlert`: small cards in the corner that go by themselves.
import { createContext, useCallback, useContext, useMemo, useState } from 'react';
import type { ReactElement, ReactNode } from 'react';
import { Glyph } from './components/icons.tsx';
import type { Alert } from './worker-protocol.ts';

const SHOWN_MS = 8_000;

interface Toast extends Alert {
  readonly key: number;
}

const AddAlertContext = createContext<(alert: Alert) => void>(() => undefined);

/** The page's own way to raise an alert. */
export function useAddAlert(): (alert: Alert) => void {
  return useContext(AddAlertContext);
}

const GLYPHS = {
  info: 'info',
  tip: 'bulb',
  success: 'checkCircle',
  warning: 'warning',
  danger: 'exclamationCircle',
} as const;

export function ToastArea({ children }: { readonly children: ReactNode }): ReactElement {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const remove = useCallback((key: number) => {
    setToasts((shown) => shown.filter((toast) => toast.key !== key));
  }, []);
  const add = useCallback(
    (alert: Alert) => {
      const key = performance.now();
      setToasts((shown) => [...shown, { ...alert, key }]);
      setTimeout(() => {
        remove(key);
      }, SHOWN_MS);
    },
    [remove],
  );
  const cards = useMemo(
    () =>
      toasts.map(({ key, type = 'info', title, message }) => (
        <div key={key} className={`toast toast--${type}`}>
          <Glyph name={GLYPHS[type]} />
          <div className="toast-words">
            {title !== undefined && <strong>{title}</strong>}
            <span>{message}</span>
          </div>
          <button
            type="button"
            className="toast-close"
            aria-label="Dismiss"
            onClick={() => {
              remove(key);
            }}
          >
            <Glyph name="remove" />
          </button>
        </div>
      )),
    [toasts, remove],
  );
  return (
    <AddAlertContext.Provider value={add}>
      {children}
      <div className="toasts" role="status" aria-label="Alerts" aria-live="polite">
        {cards}
      </div>
    </AddAlertContext.Provider>
  );
}
