import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';

/** What was chosen, and what is shown: `system` follows the device. */
export type ThemeChoice = 'system' | 'light' | 'dark';

const STORE = 'hufu.theme';
const DARK = '(prefers-color-scheme: dark)';

type ThemeState = {
  readonly choice: ThemeChoice;
  readonly shown: 'light' | 'dark';
  readonly choose: (choice: ThemeChoice) => void;
};

const Context = createContext<ThemeState>({ choice: 'system', shown: 'light', choose: () => {} });

function remembered(): ThemeChoice {
  const set = document.documentElement.dataset['theme'];
  return set === 'light' || set === 'dark' ? set : 'system';
}

export function ThemeProvider({ children }: { children: ReactNode }) {
  const [choice, setChoice] = useState<ThemeChoice>(remembered);
  const [systemDark, setSystemDark] = useState(() => matchMedia(DARK).matches);

  useEffect(() => {
    const query = matchMedia(DARK);
    const follow = () => setSystemDark(query.matches);
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  }, []);

  const choose = useCallback((next: ThemeChoice) => {
    const root = document.documentElement;
    if (next === 'system') delete root.dataset['theme'];
    else root.dataset['theme'] = next;
    try {
      localStorage.setItem(STORE, next);
    } catch {
      // A browser without storage still switches for this visit.
    }
    setChoice(next);
  }, []);

  const shown: 'light' | 'dark' = choice === 'system' ? (systemDark ? 'dark' : 'light') : choice;
  const state = useMemo(() => ({ choice, shown, choose }), [choice, shown, choose]);
  return <Context value={state}>{children}</Context>;
}

export const useTheme = (): ThemeState => useContext(Context);
