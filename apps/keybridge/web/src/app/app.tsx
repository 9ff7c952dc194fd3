import { type ComponentType, useContext, useEffect, useRef, useState } from 'react';
import tally from '../../tally.svg';
import { applyLanguage, type Language, storedLanguage, storeLanguage } from '../shared/language.ts';
import { own } from '../shared/own-api.ts';
import { LanguageContext, type Overview, OverviewContext, useTexts } from './context.ts';
import { useLoad } from './use-load.ts';
import { CertificatesView } from './views/certificates.tsx';
import { CheckView } from './views/check.tsx';
import { CleanView } from './views/clean.tsx';
import { HelpView } from './views/help.tsx';
import { SealView } from './views/seal.tsx';
import { SitesView } from './views/sites.tsx';
import { TokensView } from './views/tokens.tsx';
import { UpgradeView } from './views/upgrade.tsx';

const VIEWS = {
  check: CheckView,
  certificates: CertificatesView,
  seal: SealView,
  tokens: TokensView,
  clean: CleanView,
  sites: SitesView,
  upgrade: UpgradeView,
  help: HelpView,
} as const satisfies Record<string, ComponentType>;

type ViewName = keyof typeof VIEWS;

const viewOfAddress = (): ViewName => {
  const name = location.hash.slice(1);
  return Object.hasOwn(VIEWS, name) ? (name as ViewName) : 'certificates';
};

export function App() {
  const [language, setLanguage] = useState<Language>(storedLanguage);
  const { data: overview } = useLoad(() => own<Overview>('/overview'));
  useEffect(() => applyLanguage(language), [language]);
  const change = (): void => {
    const next = language === 'zh' ? 'en' : 'zh';
    storeLanguage(next);
    setLanguage(next);
  };
  return (
    <LanguageContext value={language}>
      <OverviewContext value={overview}>
        <Page onLanguage={change} />
      </OverviewContext>
    </LanguageContext>
  );
}

function Page({ onLanguage }: { readonly onLanguage: () => void }) {
  const t = useTexts();
  const overview = useContext(OverviewContext);
  const [view, setView] = useState(viewOfAddress);
  const title = useRef<HTMLHeadingElement>(null);
  const isFirst = useRef(true);
  useEffect(() => {
    const follow = (): void => setView(viewOfAddress());
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, []);
  useEffect(() => {
    document.title = `${t.views[view]} · ${t.product}`;
    // The reader's place moves with the view, but not when the page has just opened.
    if (!isFirst.current) title.current?.focus();
    isFirst.current = false;
  }, [view, t]);
  const View = VIEWS[view];
  return (
    <div className="shell">
      <header className="masthead">
        <img src={tally} alt="" width="36" height="36" />
        <div>
          <p className="product">{t.product}</p>
          <p className="soft">{t.tagline}</p>
        </div>
        <button
          type="button"
          className="language"
          onClick={onLanguage}
          lang={t.language === 'English' ? 'en' : 'zh-CN'}
        >
          {t.language}
        </button>
      </header>
      <nav aria-label={t.menu}>
        <ul className="plain menu">
          {(Object.keys(VIEWS) as ViewName[]).map((name) => (
            <li key={name}>
              <a href={`#${name}`} aria-current={name === view ? 'page' : undefined}>
                {t.views[name]}
              </a>
            </li>
          ))}
          {overview === undefined ? null : (
            <li>
              <a className="hub-link" href={overview.hub} target="_blank" rel="noreferrer" title={t.hubNote}>
                {t.hub} <span aria-hidden="true">↗</span>
              </a>
            </li>
          )}
        </ul>
      </nav>
      <main className="stack">
        <h1 ref={title} tabIndex={-1}>
          {t.views[view]}
        </h1>
        <View key={view} />
      </main>
    </div>
  );
}
