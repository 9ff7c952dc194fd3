import { type Admission, libraryEntityRoutes } from '@hufu/contracts';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { useTexts } from '../../i18n/language.tsx';
import { library } from '../../i18n/library.ts';
import type { Means } from '../../phone/means.tsx';
import { Button } from '../../ui/button.tsx';
import { KeyProof } from '../login/key-proof.tsx';
import { CertificateFacts } from './certificate-facts.tsx';

type ReadKeyProps = {
  admission: Admission | undefined;
  onRead: (admission: Admission) => void;
  /** Where the page already knows: 实体CA or 移动CA. */
  only?: Means;
};

/**
 * 「读取CA信息」 (KEY-004 … KEY-006): five values from a lock or, by scan, a phone (KEY-008),
 * which proves itself; none can be typed. MSG-13 where there is nothing to read.
 */
export function ReadKey({ admission, onRead, only }: ReadKeyProps) {
  const t = useTexts(library).keys;
  const [reading, setReading] = useState(false);
  return (
    <section className="stack-tight">
      {admission ? (
        <CertificateFacts
          certificate={admission.certificate}
          mediaNo={admission.mediaNo}
          certType={admission.certType}
        />
      ) : null}
      {reading ? (
        <KeyProof
          act="library-key"
          {...(only && { only })}
          send={(proof) => call(libraryEntityRoutes.readKey, { body: proof })}
          onDone={(read) => {
            setReading(false);
            onRead(read);
          }}
        />
      ) : (
        <div>
          <Button
            icon={only === 'phone' ? 'qr' : 'key'}
            kind={admission ? 'plain' : 'primary'}
            onClick={() => setReading(true)}
          >
            {admission ? t.readAgain : only === 'phone' ? t.scan : t.read}
          </Button>
        </div>
      )}
    </section>
  );
}
