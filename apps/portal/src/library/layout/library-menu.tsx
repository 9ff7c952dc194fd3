import type { Module } from '@hufu/library';
import { Link, type LinkProps, useLocation } from '@tanstack/react-router';
import { useTexts } from '../../i18n/language.tsx';
import { library } from '../../i18n/library.ts';
import { useSaid } from '../../i18n/said.ts';
import { useMember } from '../session/library-session.ts';
import { modulesFor } from '../session/modules.ts';

/** The modules in the order of the manual, then what concerns keys, files and sessions. */
export function LibraryMenu() {
  const t = useTexts(library);
  const member = useMember();
  const { entity } = member.session;
  const open = entity.state !== 'REGISTERED_SIMPLE';
  return (
    <nav className="side-menu" aria-label={t.menu}>
      {open ? <Item to="/library/home" label={t.nav.home} /> : null}
      <Item to="/library/base" label={t.nav.base} />
      {open ? (
        <>
          <p className="side-group">{t.nav.records}</p>
          {modulesFor(member).map((module) => (
            <ModuleItem key={module.name} module={module} />
          ))}
        </>
      ) : null}
      <p className="side-group">{t.nav.manage}</p>
      {open && entity.kind === 'ORGANISATION' ? <Item to="/library/keys" label={t.nav.keys} /> : null}
      <Item to="/library/seals" label={t.nav.seals} />
      {open ? <Item to="/library/platforms" label={t.nav.platforms} /> : null}
      {open ? <Item to="/library/files" label={t.nav.files} /> : null}
      <Item to="/library/sessions" label={t.nav.sessions} />
    </nav>
  );
}

function ModuleItem({ module }: { module: Module }) {
  const said = useSaid();
  const path = useLocation({ select: ({ pathname }) => pathname });
  const [type] = module.types;
  if (type === undefined) return null;
  const under = `/library/m/${module.name}/`;
  return (
    <Link
      to="/library/m/$module/$type"
      params={{ module: module.name, type: type.name }}
      className="side-item"
      activeProps={{}}
      {...(path.startsWith(under) || (path.startsWith('/library/people/') && module.name === 'person')
        ? { 'aria-current': 'page' as const }
        : {})}
    >
      {said(module.label)}
    </Link>
  );
}

function Item({ to, label }: { to: NonNullable<LinkProps['to']>; label: string }) {
  return (
    <Link to={to} className="side-item" activeOptions={{ includeSearch: false }}>
      {label}
    </Link>
  );
}
