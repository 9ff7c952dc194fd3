import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';

export type Language = 'zh' | 'en';

const STORE = 'hufu.language';

type LanguageState = { readonly language: Language; readonly setLanguage: (language: Language) => void };

const Context = createContext<LanguageState>({ language: 'zh', setLanguage: () => {} });

function remembered(): Language {
  try {
    return localStorage.getItem(STORE) === 'en' ? 'en' : 'zh';
  } catch {
    return 'zh';
  }
}

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, set] = useState<Language>(remembered);
  const setLanguage = useCallback((next: Language) => {
    document.documentElement.lang = next === 'en' ? 'en' : 'zh-CN';
    try {
      localStorage.setItem(STORE, next);
    } catch {
      // A browser without storage still switches for this visit.
    }
    set(next);
  }, []);
  const state = useMemo(() => ({ language, setLanguage }), [language, setLanguage]);
  return <Context value={state}>{children}</Context>;
}

export const useLanguage = (): LanguageState => useContext(Context);

/** A catalogue's shape: every text of the Chinese one, widened to `string`, and its functions with their parameters. */
export type Shape<T> = {
  readonly [K in keyof T]: T[K] extends string
    ? string
    : T[K] extends (...values: infer A) => string
      ? (...values: A) => string
      : Shape<T[K]>;
};

export type Catalogue<T> = { readonly zh: T; readonly en: Shape<T> };

/** Texts of an area in the reader's language. */
export function useTexts<T>(catalogue: Catalogue<T>): Shape<T> {
  return catalogue[useLanguage().language] as Shape<T>;
}

/** Names that the server sends in both languages, as `name` and `nameEn`. */
export function useNamed(): (thing: { readonly name: string; readonly nameEn: string }) => string {
  const { language } = useLanguage();
  return (thing) => (language === 'en' && thing.nameEn !== '' ? thing.nameEn : thing.name);
}
