import { createContext, useContext } from 'react';
import type { Language } from '../shared/language.ts';
import { TEXTS, type Texts } from './texts.ts';

export const LanguageContext = createContext<Language>('zh');

export const useLanguage = (): Language => useContext(LanguageContext);

export const useTexts = (): Texts => TEXTS[useLanguage()];

export type Overview = { readonly version: string; readonly hub: string };

export const OverviewContext = createContext<Overview | undefined>(undefined);
