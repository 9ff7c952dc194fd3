import type { PhoneCertificateDetail } from '@hufu/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { certificates as texts } from '../i18n/certificates.ts';
import { useTexts } from '../i18n/language.tsx';
import { openPhoneKey } from '../keys/phone-key.ts';
import { Button } from '../ui/button.tsx';
import { CheckField } from '../ui/form.tsx';
import { ProblemBox } from '../ui/problem-box.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { useToast } from '../ui/toast.tsx';
import { liveHalves } from './certificate-queries.ts';

type DestroySheetProps = { certificate: PhoneCertificateDetail; onClose: () => void };

/** Destroys this device's halves, for ever; says what that means when they are the last ones. */
export function DestroySheet({ certificate, onClose }: DestroySheetProps) {
  const t = useTexts(texts);
  const client = useQueryClient();
  const navigate = useNavigate();
  const say = useToast();
  const [sure, setSure] = useState(false);
  const elsewhere = certificate.devices.some(
    ({ id, state }) => state === 'ACTIVE' && !certificate.halves.some(({ deviceId }) => deviceId === id),
  );
  const destroy = useMutation({
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
    <Sheet
      title={t.destroyTitle}
      onClose={onClose}
      actions={
        <>
          <Button
            kind="destroy"
            block
            disabled={!sure}
            busy={destroy.isPending}
            onClick={() => destroy.mutate()}
          >
            {t.destroy}
          </Button>
          <Button block onClick={onClose}>
            {t.cancel}
          </Button>
        </>
      }
    >
      <p>{certificate.subjectName}</p>
      <p>{elsewhere ? t.destroyText : t.destroyLast}</p>
      <CheckField checked={sure} onChecked={setSure}>
        {t.destroyConfirm}
      </CheckField>
      {destroy.error ? <ProblemBox error={destroy.error} /> : null}
    </Sheet>
  );
}
