import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react';

type Say = (text: string) => void;

const Context = createContext<Say>(() => {});

const SHOWN_MS = 3500;

/** A word in passing, read out as well: never the only sign of something that matters. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState<{ readonly text: string; readonly at: number }>();
  const say = useCallback((text: string) => setSaid({ text, at: Date.now() }), []);
  useEffect(() => {
    if (said === undefined) return;
    const timer = setTimeout(() => setSaid(undefined), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [said]);
  return (
    <Context value={say}>
      {children}
      <div className="toasts" role="status">
        {said === undefined ? null : (
          <p key={said.at} className="toast">
            {said.text}
          </p>
        )}
      </div>
    </Context>
  );
}

export const useToast = (): Say => useContext(Context);
