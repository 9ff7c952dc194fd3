import type { PhoneCertificateDetail } from '@hufu/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { certificates as texts } from '../i18n/certificates.ts';
import { useTexts } from '../i18n/language.tsx';
import { openPhoneKey } from '../keys/phone-key.ts';
import { DestroySheet } from '../ui/confirm-sheet.tsx';
import { useToast } from '../ui/toast.tsx';
import { liveHalves } from './certificate-queries.ts';

type ForgetSheetProps = { certificate: PhoneCertificateDetail; onClose: () => void };

/** Destroys this device's halves, for ever; says what that means when they are the last ones. */
export function ForgetSheet({ certificate, onClose }: ForgetSheetProps) {
  const t = useTexts(texts);
  const client = useQueryClient();
  const navigate = useNavigate();
  const say = useToast();
  const elsewhere = certificate.devices.some(
    ({ id, state }) => state === 'ACTIVE' && !certificate.halves.some(({ deviceId }) => deviceId === id),
  );
  const forget = useMutation({
    mutationFn: async () => {
      const engine = await openPhoneKey();
      for (const { id } of liveHalves(certificate)) await engine.forget(id);
    },
    onSuccess: async () => {
      say(t.destroyed);
      await client.invalidateQueries({ queryKey: ['certificates'] });
      void navigate({ to: '/certificates', replace: true });
    },
  });
  return (
    <DestroySheet
      title={t.destroyTitle}
      action={t.destroy}
      sure={t.destroyConfirm}
      busy={forget.isPending}
      error={forget.error}
      onConfirm={() => forget.mutate()}
      onClose={onClose}
    >
      <p>{certificate.subjectName}</p>
      <p>{elsewhere ? t.destroyText : t.destroyLast}</p>
    </DestroySheet>
  );
}
