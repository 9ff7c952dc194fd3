import { type CertificatePreview, hubRoutes } from '@hufu/contracts';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { ProblemError } from '../../api/problem.ts';
import { bind } from '../../i18n/bind.ts';
import { useTexts } from '../../i18n/language.tsx';
import type { KeyCertificate } from '../../keybridge/bridge.ts';
import { CertificateChoice } from '../../keybridge/certificate-choice.tsx';
import { KeyGate } from '../../keybridge/key-gate.tsx';
import { Button } from '../../ui/button.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';
import { CertificateCard } from '../certificate-card.tsx';

type ReadCertificateProps = {
  onRead: (key: KeyCertificate, preview: CertificatePreview) => void;
  /** Certificates that cannot be chosen here, with the reason. */
  closed?: (certificate: KeyCertificate) => string | undefined;
  /** Without a heading of its own. */
  plain?: boolean;
};

/** 「读取证书」 (HUB-021): the assistant is asked only once the button is pressed. */
export function ReadCertificate({ onRead, closed, plain = false }: ReadCertificateProps) {
  const t = useTexts(bind);
  const [reading, setReading] = useState(false);
  return (
    <section className="stack">
      {plain ? null : (
        <div className="stack-tight">
          <h2 className="panel-title">{t.readTitle}</h2>
          <p>{t.readText}</p>
        </div>
      )}
      {reading ? (
        <KeyGate>
          {(certificates, again) => (
            <Pick {...{ certificates, again, onRead, closed: closed ?? (() => undefined) }} />
          )}
        </KeyGate>
      ) : (
        <div>
          <Button kind="primary" large icon="key" onClick={() => setReading(true)}>
            {t.read}
          </Button>
        </div>
      )}
    </section>
  );
}

type PickProps = {
  certificates: readonly KeyCertificate[];
  again: { run: () => void; busy: boolean };
  onRead: ReadCertificateProps['onRead'];
  closed: (certificate: KeyCertificate) => string | undefined;
};

function Pick({ certificates, again, onRead, closed }: PickProps) {
  const t = useTexts(bind);
  const open = certificates.filter((one) => one.algorithm !== undefined && closed(one) === undefined);
  const [picked, setPicked] = useState<string>();
  const chosen = open.find((one) => one.keyId === picked) ?? (open.length === 1 ? open[0] : undefined);
  const preview = useMutation({
    mutationFn: (key: KeyCertificate) =>
      call(hubRoutes.previewCertificate, {
        body: { certificate: key.certificate, mediaNo: key.mediaNumber || null },
      }),
    onSuccess: (answer, key) => {
      if (answer.eligible || answer.boundTo === 'THIS_ENTERPRISE') onRead(key, answer);
    },
  });
  const reasons = new Map(
    certificates.flatMap((one) => {
      const reason = closed(one);
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
      {preview.data && !preview.data.eligible && preview.data.boundTo !== 'THIS_ENTERPRISE' ? (
        <Ineligible preview={preview.data} />
      ) : null}
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
