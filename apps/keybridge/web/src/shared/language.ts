export type Language = 'zh' | 'en';

/** One text in both languages. */
export type Text = Readonly<Record<Language, string>>;

const STORED = 'hufu-keybridge-language';

/** What the user chose, else Chinese: the product speaks Chinese first. */
export const storedLanguage = (): Language => (localStorage.getItem(STORED) === 'en' ? 'en' : 'zh');

export const storeLanguage = (language: Language): void => localStorage.setItem(STORED, language);

export function applyLanguage(language: Language): void {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
}

/** A moment as people write it, in local time. */
export const formatDate = (iso: string, language: Language): string =>
  new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', { dateStyle: 'medium' }).format(
    new Date(iso),
  );

/** Puts fields into a text: `{name}`. */
export const fill = (text: string, fields: Readonly<Record<string, string | number>> = {}): string =>
  text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(fields[name] ?? whole));
