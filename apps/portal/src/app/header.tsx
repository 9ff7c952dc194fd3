import { type ThemeChoice, useTheme } from '@hufu/theme/choice';
import { Mark } from '@hufu/theme/mark';
import { Link, useNavigate, useRouterState } from '@tanstack/react-router';
import { useEffect, useId, useState } from 'react';
import { useLogout, useSession } from '../api/session.ts';
import { useSite } from '../api/site.ts';
import { common } from '../i18n/common.ts';
import { useLanguage, useTexts } from '../i18n/language.tsx';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';

export type Realm = 'hub' | 'library' | 'desk';

export function Header({ realm }: { realm: Realm }) {
  const t = useTexts(common);
  const { data: site } = useSite();
  const [open, setOpen] = useState(false);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const menu = useId();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of page closes the menu
  useEffect(() => setOpen(false), [path]);
  return (
    <header className={realm === 'hub' ? 'header' : `header header-${realm}`}>
      <div className="header-row">
        <Link to="/" className="brand">
          <Mark />
          <span className="brand-words">
            <span className="brand-title">{site?.hubTitle ?? t.brand}</span>
          </span>
        </Link>
        <button
          type="button"
          className="icon-button menu-button"
          aria-expanded={open}
          aria-controls={menu}
          onClick={() => setOpen(!open)}
        >
          <Icon name={open ? 'close' : 'menu'} />
          <span className="visually-hidden">{t.menu}</span>
        </button>
        <nav id={menu} className={open ? 'header-nav header-nav-open' : 'header-nav'} aria-label={t.menu}>
          <Link to="/library" activeOptions={{ includeSearch: false }}>
            {t.library}
          </Link>
          <Link to="/verify">{t.verify}</Link>
          <Link to="/help">{t.help}</Link>
          <Link to="/support">{t.support}</Link>
          <Link to="/downloads">{t.downloads}</Link>
          <Preferences />
          {realm === 'hub' ? <SessionCorner /> : null}
        </nav>
      </div>
    </header>
  );
}

function Preferences() {
  const t = useTexts(common);
  const { language, setLanguage } = useLanguage();
  const { choice, choose } = useTheme();
  const order: readonly ThemeChoice[] = ['system', 'light', 'dark'];
  const following = order[(order.indexOf(choice) + 1) % order.length] ?? 'system';
  const icon = { system: 'contrast', light: 'sun', dark: 'moon' } as const;
  return (
    <span className="preferences">
      <button
        type="button"
        className="text-button"
        lang={language === 'zh' ? 'en' : 'zh-CN'}
        onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}
      >
        <Icon name="globe" size={16} />
        {t.language}
      </button>
      <button
        type="button"
        className="text-button"
        onClick={() => choose(following)}
        aria-label={`${t.theme}: ${t.themes[choice]}`}
        title={`${t.theme}: ${t.themes[choice]}`}
      >
        <Icon name={icon[choice]} size={16} />
        <span className="only-narrow">{t.themes[choice]}</span>
      </button>
    </span>
  );
}

/** Top right: 「绑定/登录」 (HUB-005), or who is logged in and the way out. */
function SessionCorner() {
  const t = useTexts(common);
  const navigate = useNavigate();
  const { data: session } = useSession();
  const logout = useLogout(() => void navigate({ to: '/' }));
  if (!session) {
    return (
      <ButtonLink to="/entry" kind="primary">
        {t.entry}
      </ButtonLink>
    );
  }
  return (
    <span className="session-corner">
      <Link to="/session" className="session-name" title={session.entity.unitName}>
        <Icon name="person" size={16} />
        <span>{session.entity.unitName}</span>
      </Link>
      <Button icon="leave" busy={logout.isPending} onClick={() => logout.mutate()}>
        {t.logout}
      </Button>
    </span>
  );
}
