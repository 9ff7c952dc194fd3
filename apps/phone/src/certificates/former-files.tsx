import { type PhoneCertificateDetail, phoneRoutes } from '@hufu/contracts';
import type { PinEntry } from '@hufu/phone-key';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { certificates as texts } from '../i18n/certificates.ts';
import { useTexts } from '../i18n/language.tsx';
import { PinSheet } from '../keys/pin-sheet.tsx';
import { Alert } from '../ui/alert.tsx';
import { Button } from '../ui/button.tsx';
import { Cell, Group } from '../ui/cell.tsx';
import { useToast } from '../ui/toast.tsx';
import { halfOf } from './certificate-queries.ts';
import { rewrapFiles } from './rewrap-files.ts';

/** OD-31: what only this former certificate opens, and the offer to encrypt it to the one that took its place. */
export function FormerFiles({ certificate }: { certificate: PhoneCertificateDetail }) {
  const t = useTexts(texts).former;
  const say = useToast();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const queryKey = ['certificates', 'envelopes', certificate.id];
  const { data } = useQuery({
    queryKey,
    queryFn: ({ signal }) => call(phoneRoutes.envelopes, { params: { id: certificate.id }, signal }),
  });
  const envelopes = data?.envelopes ?? [];
  const rewrap = useMutation({
    mutationFn: (pin: PinEntry) =>
      rewrapFiles({ certificateId: certificate.id, envelopes: envelopes.map(({ id }) => id), pin }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey });
      setAsking(false);
      say(t.done);
    },
  });
  if (envelopes.length === 0) return null;
  const halfId = halfOf(certificate, 'decrypt');
  return (
    <>
      <Alert tone="attention" title={t.title(envelopes.length)}>
        {halfId === undefined ? t.elsewhere : t.text}
      </Alert>
      <Group title={t.list}>
        {envelopes.map(({ id, title, waiting }) => (
          <Cell key={id} icon="file" title={title} {...(waiting && { value: t.waiting })} />
        ))}
      </Group>
      {halfId === undefined || data?.to == null ? null : (
        <Button kind="primary" block onClick={() => setAsking(true)}>
          {t.rewrap}
        </Button>
      )}
      {asking && halfId !== undefined ? (
        <PinSheet
          title={t.rewrap}
          note={t.text}
          submitLabel={t.rewrap}
          halfId={halfId}
          busy={rewrap.isPending}
          error={rewrap.error}
          onPin={(pin) => rewrap.mutate(pin)}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </>
  );
}
