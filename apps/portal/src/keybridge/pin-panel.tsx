import { hubRoutes, type SignedChallenge } from '@hufu/contracts';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { z } from 'zod';
import { call } from '../api/client.ts';
import { type ProblemError, toProblem } from '../api/problem.ts';
import { useTheme } from '../app/theme.tsx';
import { useLanguage, useTexts } from '../i18n/language.tsx';
import { login } from '../i18n/login.ts';
import { Button } from '../ui/button.tsx';
import { ProblemBox } from '../ui/problem-box.tsx';
import { type KeyCertificate, mountIn, useBridge } from './bridge.ts';

export type Act = z.input<typeof hubRoutes.createChallenge.body>['act'];
type Proof = z.input<typeof SignedChallenge>;

type PinPanelProps = {
  act: Act;
  /** What the act is about, when it is about something: e.g. an approval. */
  subject?: string;
  certificate: KeyCertificate;
  onSigned: (proof: Proof) => void;
};

/**
 * The password field of the key, which belongs to the certificate assistant (HUB-050). A fresh challenge is fetched
 * for every try, and the page learns nothing but the signature.
 */
export function PinPanel({ act, subject, certificate, onSigned }: PinPanelProps) {
  const t = useTexts(login);
  const { language } = useLanguage();
  const { shown: theme } = useTheme();
  const bridge = useBridge();
  const host = useRef<HTMLDivElement>(null);
  const [tries, setTries] = useState(0);
  const [error, setError] = useState<ProblemError>();
  const finish = useEffectEvent(onSigned);
  const { keyId, mediaNumber } = certificate;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another try starts the operation anew
  useEffect(() => {
    if (bridge === undefined) return;
    const stop = new AbortController();
    setError(undefined);
    const run = async () => {
      const challenge = await call(hubRoutes.createChallenge, {
        body: { act, ...(subject === undefined ? {} : { subject }) },
        signal: stop.signal,
      });
      const frame = host.current;
      if (stop.signal.aborted || frame === null) return;
      const { challengeId, nonce, audience, issuedAt, summary } = challenge;
      const payload = {
        challengeId,
        nonce,
        audience,
        issuedAt,
        ...(summary === undefined ? {} : { summary }),
      };
      const signed = await bridge.sign(
        { act, keyId, payload, language, theme, signal: stop.signal },
        mountIn(frame),
      );
      if (stop.signal.aborted) return;
      finish({
        challengeId,
        certificate: signed.certificate,
        signature: signed.signature,
        mediaNo: mediaNumber || null,
      });
    };
    run().catch((cause: unknown) => {
      if (!stop.signal.aborted) setError(toProblem(cause));
    });
    return () => stop.abort();
  }, [act, subject, keyId, mediaNumber, language, theme, bridge, tries]);

  return (
    <section className="pin-panel" aria-label={t.pinTitle}>
      <div ref={host} className={error ? 'pin-host pin-host-closed' : 'pin-host'} />
      {error ? (
        <ProblemBox
          error={error}
          actions={
            error.problem.retry === 'never' ? null : (
              <Button kind="primary" icon="refresh" onClick={() => setTries(tries + 1)}>
                {t.retry}
              </Button>
            )
          }
        />
      ) : (
        <p className="faint">{t.pinNote}</p>
      )}
    </section>
  );
}
