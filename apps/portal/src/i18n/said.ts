import { useLanguage } from './language.tsx';

/** What the server says in both languages, in the reader's. */
export function useSaid(): (said: { readonly zh: string; readonly en: string }) => string {
  const { language } = useLanguage();
  return (said) => said[language];
}
