import type { Admission } from '@hufu/contracts';
import { day } from '../../format/dates.ts';
import { common } from '../../i18n/common.ts';
import { useTexts } from '../../i18n/language.tsx';
import { library } from '../../i18n/library.ts';
import { CodeText } from '../../ui/code-text.tsx';
import { Facts } from '../../ui/facts.tsx';

type Shown = 'unitName' | 'serialNumber' | 'validFrom' | 'validTo' | 'issuerName';

type CertificateFactsProps = Pick<Admission, 'mediaNo' | 'certType'> & {
  certificate: Pick<Admission['certificate'], Shown>;
};

/** The values that only a certificate gives: shown, never typed (KEY-005). */
export function CertificateFacts({ certificate, mediaNo, certType }: CertificateFactsProps) {
  const t = useTexts(library).keys;
  const texts = useTexts(common).certificate;
  return (
    <Facts
      compact
      facts={[
        { label: texts.unitName, value: certificate.unitName },
        { label: t.certType, value: t.types[certType] },
        { label: t.serialNo, value: <CodeText value={certificate.serialNumber} />, wide: true },
        { label: t.mediaNo, value: mediaNo ? <CodeText value={mediaNo} /> : texts.notInCertificate },
        { label: t.validFrom, value: <time>{day(certificate.validFrom)}</time> },
        { label: t.validTo, value: <time>{day(certificate.validTo)}</time> },
        { label: t.issuer, value: certificate.issuerName },
      ]}
    />
  );
}
