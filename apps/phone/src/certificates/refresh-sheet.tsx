import type { PhoneCertificateDetail } from '@hufu/contracts';
import type { PinEntry } from '@hufu/phone-key';
import { useMutation } from '@tanstack/react-query';
import { certificates as texts } from '../i18n/certificates.ts';
import { useTexts } from '../i18n/language.tsx';
import { openPhoneKey } from '../keys/phone-key.ts';
import { PinSheet } from '../keys/pin-sheet.tsx';
import { useToast } from '../ui/toast.tsx';
import { halfOf, liveHalves } from './certificate-queries.ts';

type RefreshSheetProps = { certificate: PhoneCertificateDetail; onClose: () => void };

/** New halves of the same keys: what was copied from the device before is worthless afterwards. */
export function RefreshSheet({ certificate, onClose }: RefreshSheetProps) {
  const t = useTexts(texts);
  const say = useToast();
  const refresh = useMutation({
    mutationFn: async (pin: PinEntry) => {
      const engine = await openPhoneKey();
      for (const { id } of liveHalves(certificate)) await engine.refresh({ halfId: id, pin });
    },
    onSuccess: () => {
      say(t.refreshed);
      onClose();
    },
  });
  const halfId = halfOf(certificate, 'sign');
  return (
    <PinSheet
      title={t.refresh}
      note={t.refreshText}
      submitLabel={t.refresh}
      {...(halfId !== undefined && { halfId })}
      busy={refresh.isPending}
      error={refresh.error}
      onPin={(pin) => refresh.mutate(pin)}
      onClose={onClose}
    />
  );
}
