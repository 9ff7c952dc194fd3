import { type CertificatePreview, hubRoutes } from '@hufu/contracts';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { ProblemError } from '../../api/problem.ts';
import { bind } from '../../i18n/bind.ts';
import { useTexts } from '../../i18n/language.tsx';
import { phone } from '../../i18n/phone.ts';
import type { KeyCertificate } from '../../keybridge/bridge.ts';
import { CertificateChoice } from '../../keybridge/certificate-choice.tsx';
import { KeyGate } from '../../keybridge/key-gate.tsx';
import type { Proof } from '../../keybridge/pin-panel.tsx';
import { MeansChoice } from '../../phone/means.tsx';
import { ByPhone } from '../../phone/signer.tsx';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { Skeleton } from '../../ui/loaded.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';
import { CertificateCard } from '../certificate-card.tsx';
import type { ReadKey } from './read-key.ts';

type ReadCertificateProps = {
  /** What the certificate is read for: a phone signs it at once. */
  act: 'bind' | 'activate';
  onRead: (read: ReadKey) => void;
  /** Certificates that cannot be chosen here, with the reason. @param fingerprint SHA-256, hexadecimal */
  closed?: (fingerprint: string) => string | undefined;
  /** Without a heading of its own. */
  plain?: boolean;
};

/** 「读取证书」 (HUB-021), from a lock or a phone (OD-04): neither is asked before the button is pressed. */
export function ReadCertificate({
  act,
  onRead,
  closed = () => undefined,
  plain = false,
}: ReadCertificateProps) {
  const t = useTexts(bind);
  const texts = useTexts(phone);
  const [reading, setReading] = useState(false);
  const start = (label: string, icon: 'key' | 'qr') => (
    <div>
      <Button kind="primary" large icon={icon} onClick={() => setReading(true)}>
        {label}
      </Button>
    </div>
  );
  return (
    <section className="stack">
      {plain ? null : <h2 className="panel-title">{t.readTitle}</h2>}
      <MeansChoice>
        {(means) =>
          means === 'phone' ? (
            <>
              {plain ? null : <p>{texts.readText}</p>}
              {reading ? <Scan {...{ act, onRead, closed }} /> : start(texts.read, 'qr')}
            </>
          ) : (
            <>
              {plain ? null : <p>{t.readText}</p>}
              {reading ? (
                <KeyGate>
                  {(certificates, again) => <Pick {...{ certificates, again, onRead, closed }} />}
                </KeyGate>
              ) : (
                start(t.read, 'key')
              )}
            </>
          )
        }
      </MeansChoice>
    </section>
  );
}

const mayGoOn = ({ eligible, boundTo }: CertificatePreview): boolean =>
  eligible || boundTo === 'THIS_ENTERPRISE';

type ScanProps = Required<Pick<ReadCertificateProps, 'act' | 'onRead' | 'closed'>>;

/** A phone's certificate comes with its signature. */
function Scan({ act, onRead, closed }: ScanProps) {
  const texts = useTexts(phone);
  const preview = useMutation({
    mutationFn: (proof: Proof) =>
      call(hubRoutes.previewCertificate, { body: { certificate: proof.certificate } }),
    onSuccess: (answer, proof) => {
      if (!mayGoOn(answer) || closed(answer.certificate.fingerprint.toLowerCase()) !== undefined) return;
      onRead({ means: 'phone', preview: answer, certificate: proof.certificate, mediaNumber: '', proof });
    },
  });
  if (preview.isIdle) return <ByPhone act={act} onSigned={(proof) => preview.mutate(proof)} />;
  const reason = preview.data && closed(preview.data.certificate.fingerprint.toLowerCase());
  return (
    <div className="stack">
      {preview.isPending ? <Skeleton lines={2} /> : null}
      {preview.error ? <ProblemBox error={preview.error} /> : null}
      {reason === undefined ? null : <Alert tone="attention" announced title={reason} />}
      {preview.data && reason === undefined && !mayGoOn(preview.data) ? (
        <Ineligible preview={preview.data} />
      ) : null}
      {preview.isPending ? null : (
        <div>
          <Button kind="primary" icon="qr" onClick={() => preview.reset()}>
            {texts.read}
          </Button>
        </div>
      )}
    </div>
  );
}

type PickProps = {
  certificates: readonly KeyCertificate[];
  again: { run: () => void; busy: boolean };
  onRead: ReadCertificateProps['onRead'];
  closed: (fingerprint: string) => string | undefined;
};

function Pick({ certificates, again, onRead, closed }: PickProps) {
  const t = useTexts(bind);
  const open = certificates.filter((one) => one.algorithm !== undefined && closed(one.sha256) === undefined);
  const [picked, setPicked] = useState<string>();
  const chosen = open.find((one) => one.keyId === picked) ?? (open.length === 1 ? open[0] : undefined);
  const preview = useMutation({
    mutationFn: (key: KeyCertificate) =>
      call(hubRoutes.previewCertificate, {
        body: { certificate: key.certificate, mediaNo: key.mediaNumber || null },
      }),
    onSuccess: (answer, key) => {
      const { certificate, mediaNumber } = key;
      if (mayGoOn(answer)) onRead({ means: 'key', preview: answer, certificate, mediaNumber, key });
    },
  });
  const reasons = new Map(
    certificates.flatMap((one) => {
      const reason = closed(one.sha256);
      return reason === undefined ? [] : [[one.keyId, reason] as const];
    }),
  );
  return (
    <div className="stack">
      <CertificateChoice
        certificates={certificates}
        chosen={chosen?.keyId}
        closed={reasons}
        onChoose={(keyId) => {
          preview.reset();
          setPicked(keyId);
        }}
      />
      {preview.error ? <ProblemBox error={preview.error} /> : null}
      {preview.data && !mayGoOn(preview.data) ? <Ineligible preview={preview.data} /> : null}
      <div className="row">
        <Button
          kind="primary"
          large
          disabled={chosen === undefined}
          busy={preview.isPending}
          onClick={() => chosen && preview.mutate(chosen)}
        >
          {preview.isPending ? t.reading : t.useThis}
        </Button>
        <Button kind="quiet" icon="refresh" busy={again.busy} onClick={again.run}>
          {t.read}
        </Button>
      </div>
    </div>
  );
}

function Ineligible({ preview }: { preview: CertificatePreview }) {
  const t = useTexts(bind);
  const { problem, certificate } = preview;
  const error = new ProblemError({
    type: 'about:blank',
    status: 403,
    code: problem?.code ?? 'HUB_BOUND_ELSEWHERE',
    title: problem?.message ?? t.alreadyAnother,
    ...(problem?.hint ? { hint: problem.hint } : {}),
  });
  return (
    <>
      <ProblemBox error={error} phone={certificate.authority ?? undefined} />
      <CertificateCard certificate={certificate} />
    </>
  );
}
