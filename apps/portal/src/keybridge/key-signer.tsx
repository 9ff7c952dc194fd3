import type { SignedChallenge } from '@hufu/contracts';
import { useState } from 'react';
import type { z } from 'zod';
import { useTexts } from '../i18n/language.tsx';
import { login } from '../i18n/login.ts';
import { Button } from '../ui/button.tsx';
import { CertificateChoice } from './certificate-choice.tsx';
import { KeyGate } from './key-gate.tsx';
import type { GatePlace } from './obstacle.ts';
import { type Act, PinPanel } from './pin-panel.tsx';

type KeySignerProps = {
  act: Act;
  subject?: string;
  onSigned: (proof: z.input<typeof SignedChallenge>) => void;
};

const placeOf = (act: Act): GatePlace =>
  act === 'library-key' ? 'reading' : act.startsWith('library-') ? 'library' : 'hub';

/** Find the assistant, choose the key, enter its password: one signed challenge for one act. */
export function KeySigner({ act, subject, onSigned }: KeySignerProps) {
  const t = useTexts(login);
  const [picked, setPicked] = useState<string>();
  return (
    <KeyGate place={placeOf(act)}>
      {(certificates, again) => {
        const usable = certificates.filter((one) => one.algorithm !== undefined);
        const chosen =
          usable.find((one) => one.keyId === picked) ?? (usable.length === 1 ? usable[0] : undefined);
        return (
          <div className="stack">
            <CertificateChoice certificates={certificates} chosen={chosen?.keyId} onChoose={setPicked} />
            {chosen ? (
              <PinPanel
                act={act}
                {...(subject === undefined ? {} : { subject })}
                certificate={chosen}
                onSigned={onSigned}
              />
            ) : null}
            <div className="row-spread">
              <Button kind="quiet" icon="refresh" busy={again.busy} onClick={again.run}>
                {t.again}
              </Button>
              <span className="faint">{t.forgotten}</span>
            </div>
          </div>
        );
      }}
    </KeyGate>
  );
}
