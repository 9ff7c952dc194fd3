import type { LibrarySession } from '@hufu/contracts';
import { useQuery } from '@tanstack/react-query';
import { Navigate, Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { useId, useMemo, useState } from 'react';
import { useTexts } from '../../i18n/language.tsx';
import { library } from '../../i18n/library.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Loaded, Skeleton } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { ChooseIdentity } from '../login/choose-identity.tsx';
import {
  librarySessionQuery,
  MemberContext,
  memberOf,
  useLibraryLogout,
} from '../session/library-session.ts';
import { LibraryMenu } from './library-menu.tsx';
import { NoticeBell } from './notice-bell.tsx';
import '../know-errors.ts';
import '../../ui/lists.css';
import '../library.css';

/** Around every page of a member: the menu, who one is, what stands in the way. */
export function LibraryLayout() {
  const session = useQuery(librarySessionQuery);
  return (
    <Loaded query={session} skeleton={<Skeleton lines={3} tall />}>
      {(data) => (data === null ? <NeedLibraryLogin /> : <Member session={data} />)}
    </Loaded>
  );
}

function NeedLibraryLogin() {
  const t = useTexts(library);
  const { href } = useLocation();
  return (
    <Page title={t.title} lead={t.needLogin} narrow>
      <ButtonLink kind="primary" to="/library" search={{ next: href }}>
        {t.login.ca}
      </ButtonLink>
    </Page>
  );
}

/** Pages that are open before the registration is complete (LIB-REG-11). */
const OPEN_EARLY = /^\/library\/(base|letter|signing|seals|sessions|notices|evidence)(\/|$)/;

function Member({ session }: { session: LibrarySession }) {
  const t = useTexts(library);
  const member = useMemo(() => memberOf(session), [session]);
  const path = useLocation({ select: ({ pathname }) => pathname });
  const { entity, standing, identityNeeded } = session;
  if (identityNeeded) return <ChooseIdentity session={session} />;
  if (entity.state === 'REGISTERED_SIMPLE' && !OPEN_EARLY.test(path))
    return <Navigate to="/library/base" search={{ first: true }} replace />;
  return (
    <MemberContext value={member}>
      <div className="library">
        <Side session={session} />
        <div className="library-main">
          {entity.state === 'FROZEN' ? <Alert tone="attention" title={t.frozen} /> : null}
          {standing === 'SECONDARY' ? <Alert tone="info" title={t.primaryOnly} /> : null}
          <Outlet />
        </div>
      </div>
    </MemberContext>
  );
}

function Side({ session }: { session: LibrarySession }) {
  const t = useTexts(library);
  const navigate = useNavigate();
  const logout = useLibraryLogout(() => void navigate({ to: '/library' }));
  const menu = useId();
  // On a narrow screen the menu is folded away, and folds again when it has led somewhere.
  const here = useLocation({ select: ({ pathname }) => pathname });
  const [shownAt, setShownAt] = useState<string>();
  const shown = shownAt === here;
  const { entity, standing, identity } = session;
  return (
    <aside className="library-side">
      <div className="library-who">
        <span className="library-name">{entity.name}</span>
        <span className="faint">
          {t.standings[standing]}
          {identity ? ` · ${t.roles[identity]}` : ''}
        </span>
      </div>
      <div className="side-tools">
        <NoticeBell />
        <Button kind="quiet" icon="leave" busy={logout.isPending} onClick={() => logout.mutate()}>
          {t.logout}
        </Button>
      </div>
      <button
        type="button"
        className="library-fold"
        aria-expanded={shown}
        aria-controls={menu}
        onClick={() => setShownAt(shown ? undefined : here)}
      >
        <Icon name="menu" />
        {t.menu}
      </button>
      <div id={menu} className={shown ? 'library-nav library-nav-shown' : 'library-nav'}>
        <LibraryMenu />
      </div>
    </aside>
  );
}
