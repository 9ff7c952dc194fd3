import type { PhoneCertificateDetail } from '@hufu/contracts';
import { useState } from 'react';
import { certificates as texts } from '../i18n/certificates.ts';
import { useTexts } from '../i18n/language.tsx';
import { Cell, Group } from '../ui/cell.tsx';
import { halfOf, liveHalves } from './certificate-queries.ts';
import { ForgetSheet } from './forget-sheet.tsx';
import { RefreshSheet } from './refresh-sheet.tsx';

/** What can be done beside renewing: PIN, another device, change, new halves, deletion. */
export function CertificateActions({ certificate }: { certificate: PhoneCertificateDetail }) {
  const t = useTexts(texts);
  const [sheet, setSheet] = useState<'destroy' | 'refresh'>();
  const { id, state, standing, kind } = certificate;
  const here = liveHalves(certificate).length > 0;
  const decrypts = halfOf(certificate, 'decrypt') !== undefined;
  const usable = here && state === 'EFFECTIVE';
  const close = () => setSheet(undefined);
  return (
    <>
      <Group title={t.more}>
        {usable ? (
          <Cell icon="key" title={t.changePin} link={{ to: '/certificates/$id/pin', params: { id } }} />
        ) : null}
        {usable ? (
          <Cell icon="device" title={t.share} link={{ to: '/certificates/$id/offer', params: { id } }} />
        ) : null}
        {usable && decrypts ? (
          <Cell
            icon="shield"
            title={t.check.title}
            link={{ to: '/certificates/$id/check', params: { id } }}
          />
        ) : null}
        {usable ? (
          <Cell icon="refresh" title={t.refresh} note={t.refreshText} onPress={() => setSheet('refresh')} />
        ) : null}
        <Cell icon="clock" title={t.history} link={{ to: '/uses', search: { certificate: id } }} />
        {standing === 'HOLDER' && kind === 'ENTERPRISE' && state === 'EFFECTIVE' ? (
          <Cell
            icon="edit"
            title={t.change}
            link={{ to: '/certificates/$id/change', params: { id }, search: { kind: 'CHANGE' } }}
          />
        ) : null}
        {standing === 'HOLDER' && (state === 'EFFECTIVE' || state === 'HELD') ? (
          <Cell
            icon="stop"
            title={t.reissue}
            link={{ to: '/certificates/$id/change', params: { id }, search: { kind: 'REISSUE' } }}
          />
        ) : null}
      </Group>
      {here ? (
        <button type="button" className="destroy-link" onClick={() => setSheet('destroy')}>
          {t.destroy}
        </button>
      ) : null}
      {sheet === 'destroy' ? <ForgetSheet certificate={certificate} onClose={close} /> : null}
      {sheet === 'refresh' ? <RefreshSheet certificate={certificate} onClose={close} /> : null}
    </>
  );
}
