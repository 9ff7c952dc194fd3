import { Link } from '@tanstack/react-router';
import { usePhoneOffered, useSite } from '../../api/site.ts';
import { useNamed, useTexts } from '../../i18n/language.tsx';
import { library } from '../../i18n/library.ts';

/**
 * What one must have before logging in: a certificate (LIB-LOGIN-09), the library's helper (AST-015), the sealing tool
 * (AST-018), and for a certificate on a phone the app (LIB-REG-06); beside them how each is had (AST-019).
 */
export function GetReady() {
  const t = useTexts(library).ready;
  const named = useNamed();
  const { data: site } = useSite();
  const phone = usePhoneOffered();
  if (site === undefined) return null;
  return (
    <section className="card stack-tight">
      <h2 className="panel-title">{t.title}</h2>
      <p>{t.text}</p>
      <ul className="ready-list">
        <li>
          <Link to="/downloads">{t.helper(site.regionName)}</Link>
        </li>
        <li>
          <Link to="/downloads">{t.sealing}</Link>
        </li>
        {phone ? (
          <li>
            <Link to="/downloads" hash="phone">
              {t.app(site.regionName)}
            </Link>
          </li>
        ) : null}
        {site.guides.map((guide) => (
          <li key={guide.url}>
            <a href={guide.url} target="_blank" rel="noreferrer">
              {named(guide)}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
