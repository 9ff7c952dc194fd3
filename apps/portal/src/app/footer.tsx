import { Link } from '@tanstack/react-router';
import { useSite } from '../api/site.ts';
import { common } from '../i18n/common.ts';
import { useTexts } from '../i18n/language.tsx';
import { PhoneLink } from '../ui/phone-link.tsx';

export function Footer() {
  const t = useTexts(common);
  const { data: site } = useSite();
  return (
    <footer className="footer">
      <div className="footer-row">
        <p>
          {t.hotline} {site ? <PhoneLink phone={site.hotline} /> : null}
        </p>
        <nav aria-label={t.brand}>
          <Link to="/help">{t.help}</Link>
          <Link to="/support">{t.support}</Link>
          <Link to="/downloads">{t.downloads}</Link>
          <Link to="/desk">{t.desk}</Link>
        </nav>
        <p className="faint">
          {t.brand} {site?.version}
        </p>
      </div>
    </footer>
  );
}
