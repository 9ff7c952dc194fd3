import { hubRoutes, type ScanAct, scanRoutes } from '@hufu/contracts';
import { call } from '../api/client.ts';
import type { Proof } from '../keybridge/pin-panel.tsx';
import { ScanPanel } from './scan-panel.tsx';

type PhoneSignerProps = { act: ScanAct; subject?: string | undefined; onSigned: (proof: Proof) => void };

/** One signed challenge, as a lock would give it, made by a phone. */
export function PhoneSigner({ act, subject, onSigned }: PhoneSignerProps) {
  return (
    <ScanPanel
      name={act}
      open={async (signal) => {
        const { challengeId } = await call(hubRoutes.createChallenge, {
          body: { act, ...(subject === undefined ? {} : { subject }) },
          signal,
        });
        return call(scanRoutes.open, { body: { purpose: act, challengeId }, signal });
      }}
      onResult={(result) => {
        if ('proof' in result) onSigned(result.proof);
      }}
    />
  );
}
