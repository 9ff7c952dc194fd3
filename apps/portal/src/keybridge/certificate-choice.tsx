import { day } from '../format/dates.ts';
import { Expiry } from '../hub/certificate-card.tsx';
import { common } from '../i18n/common.ts';
import { useTexts } from '../i18n/language.tsx';
import { login } from '../i18n/login.ts';
import { CodeText } from '../ui/code-text.tsx';
import { Status } from '../ui/status.tsx';
import type { KeyCertificate } from './bridge.ts';

type CertificateChoiceProps = {
  certificates: readonly KeyCertificate[];
  chosen: string | undefined;
  onChoose: (keyId: string) => void;
  /** Certificates that stand in the list but cannot be chosen, with the reason. */
  closed?: ReadonlyMap<string, string>;
};

/** One card for each certificate on the keys that are plugged in. */
export function CertificateChoice({ certificates, chosen, onChoose, closed }: CertificateChoiceProps) {
  const t = useTexts(login);
  return (
    <fieldset className="key-list">
      <legend>{certificates.length === 1 ? t.oneKey : t.keys(certificates.length)}</legend>
      {certificates.map((certificate) => (
        <KeyCard
          key={certificate.keyId}
          certificate={certificate}
          checked={certificate.keyId === chosen}
          closed={closed?.get(certificate.keyId) ?? (certificate.algorithm ? undefined : t.unsupported)}
          onChoose={() => onChoose(certificate.keyId)}
        />
      ))}
    </fieldset>
  );
}

type KeyCardProps = {
  certificate: KeyCertificate;
  checked: boolean;
  closed: string | undefined;
  onChoose: () => void;
};

function KeyCard({ certificate, checked, closed, onChoose }: KeyCardProps) {
  const t = useTexts(common).certificate;
  return (
    <label className={closed ? 'key-card key-card-closed' : 'key-card'}>
      <input
        type="radio"
        name="key"
        checked={checked}
        disabled={closed !== undefined}
        onChange={onChoose}
        value={certificate.keyId}
      />
      <span className="key-card-words">
        <span className="key-card-name">{certificate.unitName || certificate.commonName}</span>
        <span className="key-card-line">{certificate.issuer}</span>
        <span className="key-card-line">
          {t.mediaNo} <CodeText value={certificate.mediaNumber} /> · {t.to}{' '}
          <time dateTime={certificate.notAfter}>{day(certificate.notAfter)}</time>
        </span>
        <span className="key-card-states">
          <Expiry validTo={certificate.notAfter} />
          {closed ? <Status tone="idle">{closed}</Status> : null}
        </span>
      </span>
    </label>
  );
}
