import { hubRoutes, type SignedChallenge } from '@hufu/contracts';
import { useTheme } from '@hufu/theme/choice';
import { useCallback, useRef } from 'react';
import type { z } from 'zod';
import { call } from '../api/client.ts';
import { useLanguage } from '../i18n/language.tsx';
import type { KeyCertificate } from './bridge.ts';
import { type Asking, PinFrame } from './pin-frame.tsx';

export type Act = z.input<typeof hubRoutes.createChallenge.body>['act'];
/** A key's answer to a challenge, as it is sent to the server. */
export type Proof = z.input<typeof SignedChallenge>;

type PinPanelProps = {
  act: Act;
  /** What the act is about, when it is about something: e.g. an approval. */
  subject?: string;
  certificate: KeyCertificate;
  onSigned: (proof: Proof) => void;
};

/** One signed challenge: a fresh one for every try, and the page learns nothing but the signature. */
export function PinPanel({ act, subject, certificate, onSigned }: PinPanelProps) {
  const { language } = useLanguage();
  const { shown: theme } = useTheme();
  const { keyId, mediaNumber } = certificate;
  const finish = useRef(onSigned);
  finish.current = onSigned;
  const ask = useCallback(
    async ({ bridge, mount, signal }: Asking) => {
      const challenge = await call(hubRoutes.createChallenge, {
        body: { act, ...(subject === undefined ? {} : { subject }) },
        signal,
      });
      if (signal.aborted) return;
      const { challengeId, nonce, audience, issuedAt, summary } = challenge;
      const payload = {
        challengeId,
        nonce,
        audience,
        issuedAt,
        ...(summary === undefined ? {} : { summary }),
      };
      const signed = await bridge.sign({ act, keyId, payload, language, theme, signal }, mount);
      if (signal.aborted) return;
      finish.current({
        challengeId,
        certificate: signed.certificate,
        signature: signed.signature,
        mediaNo: mediaNumber || null,
      });
    },
    [act, subject, keyId, mediaNumber, language, theme],
  );
  return <PinFrame ask={ask} />;
}
