import type { PhoneCertificateDetail } from '@hufu/contracts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { isCode, toProblem } from '../api/problem.ts';
import { certificates as texts } from '../i18n/certificates.ts';
import { common } from '../i18n/common.ts';
import { useTexts } from '../i18n/language.tsx';
import { pin as pinTexts } from '../i18n/pin.ts';
import { forgetBiometric } from '../keys/biometric.ts';
import { openPhoneKey } from '../keys/phone-key.ts';
import { Empty, Loaded } from '../ui/loaded.tsx';
import { PinPad } from '../ui/pin-pad.tsx';
import { ProblemBox } from '../ui/problem-box.tsx';
import { Screen } from '../ui/screen.tsx';
import { useToast } from '../ui/toast.tsx';
import { certificateQuery, liveHalves } from './certificate-queries.ts';
import { NewPin } from './new-pin.tsx';

const route = getRouteApi('/member/verified/certificates/$id/pin');

/** 修改PIN码, of both keys of a certificate on this device. */
export function ChangePinPage() {
  const t = useTexts(texts);
  const { id } = route.useParams();
  const certificate = useQuery(certificateQuery(id));
  return (
    <Screen title={t.changePin} back="/certificates">
      <Loaded query={certificate}>{(found) => <ChangePin certificate={found} />}</Loaded>
    </Screen>
  );
}

function ChangePin({ certificate }: { certificate: PhoneCertificateDetail }) {
  const t = useTexts(texts);
  const { next } = useTexts(common);
  const words = useTexts(pinTexts);
  const say = useToast();
  const navigate = useNavigate();
  const [old, setOld] = useState<string>();
  const halves = liveHalves(certificate);
  const change = useMutation({
    mutationFn: async ({ pin, newPin }: { pin: string; newPin: string }) => {
      const engine = await openPhoneKey();
      for (const { id: halfId } of halves) {
        const setting = await engine.settingOf(halfId);
        await engine.changePin({ halfId, pin, newPin });
        await forgetBiometric(setting);
      }
    },
    onSuccess: () => {
      say(t.pin.changed);
      void navigate({ to: '/certificates/$id', params: { id: certificate.id }, replace: true });
    },
    onError: () => setOld(undefined),
  });
  if (halves.length === 0) return <Empty title={t.notHere}>{t.notHereText}</Empty>;
  if (old === undefined) {
    const wrong = isCode(change.error, 'PHONE_PIN_WRONG');
    const left = wrong ? (toProblem(change.error).field('triesLeft') ?? '') : undefined;
    return (
      <>
        {change.error && !wrong ? <ProblemBox error={change.error} /> : null}
        <PinPad
          key="old"
          label={words.current}
          error={left === undefined ? undefined : words.wrong(left)}
          submitLabel={next}
          onSubmit={setOld}
        />
      </>
    );
  }
  return (
    <NewPin
      label={t.pin.next}
      againLabel={t.pin.again}
      submitLabel={t.changePin}
      busy={change.isPending}
      onPin={(newPin) => change.mutate({ pin: old, newPin })}
    />
  );
}
