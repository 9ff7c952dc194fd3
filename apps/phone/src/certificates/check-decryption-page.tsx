import type { PhoneCertificateDetail } from '@hufu/contracts';
import type { PinEntry } from '@hufu/phone-key';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { isCode } from '../api/problem.ts';
import { certificates as texts } from '../i18n/certificates.ts';
import { useTexts } from '../i18n/language.tsx';
import { PinSheet } from '../keys/pin-sheet.tsx';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Empty, Loaded } from '../ui/loaded.tsx';
import { ProblemBox } from '../ui/problem-box.tsx';
import { Screen } from '../ui/screen.tsx';
import { certificateQuery, halfOf } from './certificate-queries.ts';
import { checkDecryption } from './check-decryption.ts';
import './certificates.css';

const route = getRouteApi('/member/verified/certificates/$id/check');

/** 解密检查: before bids are opened, a bidder sees that this phone opens what is encrypted to the certificate. */
export function CheckDecryptionPage() {
  const t = useTexts(texts).check;
  const { id } = route.useParams();
  const certificate = useQuery(certificateQuery(id));
  return (
    <Screen title={t.title} back="/certificates">
      <Loaded query={certificate}>{(found) => <Check certificate={found} />}</Loaded>
    </Screen>
  );
}

function Check({ certificate }: { certificate: PhoneCertificateDetail }) {
  const words = useTexts(texts);
  const t = words.check;
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const check = useMutation({
    mutationFn: (pin: PinEntry) => checkDecryption({ certificate, pin, title: t.title }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['uses'] }),
    onError: (error) => {
      if (!isCode(error, 'PHONE_PIN_WRONG', 'APP_BIOMETRIC')) setAsking(false);
    },
  });
  const halfId = halfOf(certificate, 'decrypt');
  if (halfId === undefined) return <Empty title={words.notHere}>{words.notHereText}</Empty>;
  if (check.isSuccess) {
    return (
      <div className="done" role="status">
        <span className="done-mark">
          <Icon name="check" size={40} />
        </span>
        <h2>{t.good}</h2>
        <p>{t.goodText}</p>
        <ButtonLink kind="primary" block to="/certificates/$id" params={{ id: certificate.id }} replace>
          {words.offer.finish}
        </ButtonLink>
      </div>
    );
  }
  return (
    <>
      <p>{t.lead}</p>
      <p className="faint">{t.how}</p>
      {check.error && !asking ? <ProblemBox error={check.error} /> : null}
      <Button
        kind="primary"
        block
        onClick={() => {
          check.reset();
          setAsking(true);
        }}
      >
        {t.start}
      </Button>
      {asking ? (
        <PinSheet
          title={t.title}
          submitLabel={t.start}
          halfId={halfId}
          busy={check.isPending}
          error={check.error}
          onPin={(pin) => check.mutate(pin)}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </>
  );
}
