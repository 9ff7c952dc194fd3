import { shanghaiParts } from '@hufu/kernel';

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

/** The day as the hub's pages write it: 2026-11-20, in Asia/Shanghai (GEN-010). */
export const formatDate = (iso: string): string => shanghaiParts(Date.parse(iso)).date;

/** 2026-11-20 17:29:05 */
export function formatMoment(iso: string): string {
  const { date, time } = shanghaiParts(Date.parse(iso));
  return `${date} ${time}`;
}

/** Puts fields into a text: `{name}`. */
export const fill = (text: string, fields: Readonly<Record<string, string | number>> = {}): string =>
  text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(fields[name] ?? whole));
