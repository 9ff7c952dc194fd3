import { useEffect, useEffectEvent } from 'react';
import { useTexts } from '../../i18n/language.tsx';
import { phone } from '../../i18n/phone.ts';
import { PinPanel, type Proof } from '../../keybridge/pin-panel.tsx';
import { ByPhone } from '../../phone/signer.tsx';
import { Skeleton } from '../../ui/loaded.tsx';
import type { ReadKey } from './read-key.ts';

type SignReadProps = {
  act: 'bind' | 'activate';
  read: ReadKey;
  onSigned: (proof: Proof) => void;
  /** Another certificate signed than the one that was read. */
  onOther: () => void;
};

/** The certificate that was read signs: the lock after its password, the phone with the scan that read it. */
export function SignRead({ act, read, onSigned, onOther }: SignReadProps) {
  const t = useTexts(phone);
  if (read.means === 'key') return <PinPanel act={act} certificate={read.key} onSigned={onSigned} />;
  if (read.proof !== undefined) return <Present proof={read.proof} onSigned={onSigned} />;
  return (
    <div className="stack-tight">
      <p>{t.scanAgain}</p>
      <ByPhone
        act={act}
        onSigned={(proof) => (proof.certificate === read.certificate ? onSigned(proof) : onOther())}
      />
    </div>
  );
}

/** What was signed when the certificate was read is sent now. */
function Present({ proof, onSigned }: { proof: Proof; onSigned: (proof: Proof) => void }) {
  const present = useEffectEvent(onSigned);
  useEffect(() => present(proof), [proof]);
  return <Skeleton lines={2} />;
}
