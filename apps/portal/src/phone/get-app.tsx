import { usePhoneOffered } from '../api/site.ts';
import { useTexts } from '../i18n/language.tsx';
import { phone } from '../i18n/phone.ts';
import { ButtonAnchor } from '../ui/button.tsx';
import { QrCode } from './qr-code.tsx';
import './phone.css';

/** 下载标证通 (MOB-001): the phone opens the address and keeps the app; there is no store to go through. */
export function GetApp() {
  const t = useTexts(phone).app;
  if (!usePhoneOffered()) return null;
  const address = new URL('/phone/', location.href).href;
  return (
    <section className="card get-app" id="phone">
      <div className="stack-tight">
        <h2>{t.title}</h2>
        <p>{t.lead}</p>
        <ol className="numbered">
          {t.steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        <div>
          <ButtonAnchor href={address} icon="mobile" newTab>
            {t.open}
          </ButtonAnchor>
        </div>
      </div>
      <div className="get-app-code">
        <QrCode text={address} label={t.qr} />
      </div>
    </section>
  );
}
