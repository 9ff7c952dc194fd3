import type { ScanAct } from '@hufu/contracts';
import { lazy, Suspense } from 'react';
import { KeySigner } from '../keybridge/key-signer.tsx';
import type { Proof } from '../keybridge/pin-panel.tsx';
import { Skeleton } from '../ui/loaded.tsx';
import { type Means, MeansChoice } from './means.tsx';

const PhoneSigner = lazy(async () => ({ default: (await import('./phone-signer.tsx')).PhoneSigner }));

type SignerProps = {
  act: ScanAct;
  subject?: string | undefined;
  first?: Means | undefined;
  /** Where the page already knows by what. */
  only?: Means | undefined;
  phoneLabel?: string | undefined;
  onSigned: (proof: Proof) => void;
};

/** One signed challenge, by a lock or by a phone: what comes of it is the same. */
export function Signer({ act, subject, first, only, phoneLabel, onSigned }: SignerProps) {
  const by = (means: Means) =>
    means === 'phone' ? (
      <ByPhone {...{ act, subject, onSigned }} />
    ) : (
      <KeySigner act={act} onSigned={onSigned} {...(subject === undefined ? {} : { subject })} />
    );
  if (only !== undefined) return by(only);
  return (
    <MeansChoice first={first} phoneLabel={phoneLabel}>
      {by}
    </MeansChoice>
  );
}

/** The phone's side comes to the browser when somebody wants it. */
export function ByPhone(props: Pick<SignerProps, 'act' | 'subject' | 'onSigned'>) {
  return (
    <Suspense fallback={<Skeleton lines={3} tall />}>
      <PhoneSigner {...props} />
    </Suspense>
  );
}
