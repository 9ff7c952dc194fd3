import type { DeskSession } from '@hufu/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link, type LinkProps, Outlet, useLocation } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { common } from '../i18n/common.ts';
import { desk } from '../i18n/desk.ts';
import { useTexts } from '../i18n/language.tsx';
import { mapping } from '../i18n/mapping.ts';
import { ra } from '../i18n/ra.ts';
import { stewards } from '../i18n/stewards.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Loaded, Skeleton } from '../ui/loaded.tsx';
import { DeskLogin } from './desk-login.tsx';
import { deskSessionQuery, useDeskLogout } from './desk-session.ts';
import '../ui/lists.css';
import './desk.css';

/** The desk: whoever is not logged in sees the login, at the same address. */
export function DeskLayout() {
  const session = useQuery(deskSessionQuery);
  return (
    <Loaded query={session} skeleton={<Skeleton lines={3} tall />}>
      {(data) => (data === null ? <DeskLogin /> : <Desk session={data} />)}
    </Loaded>
  );
}

function Desk({ session }: { session: DeskSession }) {
  const t = useTexts(desk);
  const library = useTexts(stewards);
  const certificates = useTexts(ra);
  const directories = useTexts(mapping);
  const separator = useTexts(common).listSeparator;
  const logout = useDeskLogout();
  const menu = useId();
  // On a narrow screen the menu is folded away, and folds again when it has led somewhere.
  const here = useLocation({ select: ({ pathname }) => pathname });
  const [shownAt, setShownAt] = useState<string>();
  const shown = shownAt === here;
  const { operator, waiting } = session;
  const todo = waiting.unbind + waiting.approvals;
  const sees = (...roles: readonly string[]) => operator.roles.some((role) => roles.includes(role));
  return (
    <div className="desk">
      <aside className="desk-side">
        <div className="desk-who">
          <span className="desk-name">{operator.name}</span>
          <span className="faint">{operator.roles.map((role) => t.roles[role]).join(separator)}</span>
        </div>
        <button
          type="button"
          className="desk-menu"
          aria-expanded={shown}
          aria-controls={menu}
          onClick={() => setShownAt(shown ? undefined : here)}
        >
          <Icon name="menu" />
          {t.nav.label}
          {todo > 0 ? <span className="desk-count">{todo}</span> : null}
        </button>
        <nav id={menu} className={shown ? 'desk-nav desk-nav-shown' : 'desk-nav'} aria-label={t.nav.label}>
          <Item to="/desk" exact label={t.nav.overview} />
          <Item to="/desk/unbind" label={t.nav.unbind} count={waiting.unbind} />
          <Item to="/desk/ra" label={certificates.nav} />
          <Item to="/desk/ra-certificates" label={certificates.navCertificates} />
          <Item to="/desk/approvals" label={t.nav.approvals} count={waiting.approvals} />
          <Item to="/desk/bindings" label={t.nav.bindings} />
          <Item to="/desk/library" label={library.nav} />
          <Item to="/desk/imports" label={library.imports} />
          <Item to="/desk/quality" label={library.quality} />
          <Item to="/desk/mappings" label={directories.title} />
          <Item to="/desk/pushes" label={library.pushes} />
          <Item to="/desk/platforms" label={t.nav.platforms} />
          <Item to="/desk/authorities" label={t.nav.authorities} />
          <Item to="/desk/seals" label={t.nav.seals} />
          <Item to="/desk/evidence" label={t.nav.evidence} />
          <Item to="/desk/sessions" label={t.nav.sessions} />
          {sees('auditor', 'admin') ? (
            <>
              <Item to="/desk/audit" label={t.nav.audit} />
              <Item to="/desk/operators" label={t.nav.operators} />
            </>
          ) : null}
        </nav>
        <Button icon="leave" busy={logout.isPending} onClick={() => logout.mutate()}>
          {t.logout}
        </Button>
      </aside>
      <div className="desk-main">
        <Outlet />
      </div>
    </div>
  );
}

type ItemProps = { to: NonNullable<LinkProps['to']>; label: string; count?: number; exact?: boolean };

function Item({ to, label, count = 0, exact = false }: ItemProps) {
  return (
    <Link to={to} className="desk-item" activeOptions={{ exact, includeSearch: false }}>
      {label}
      {count > 0 ? <span className="desk-count">{count}</span> : null}
    </Link>
  );
}
