import { type PhoneCertificate, raRoutes } from '@hufu/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { call } from '../api/client.ts';
import { putOrder } from '../apply/order-queries.ts';
import { certificates as texts } from '../i18n/certificates.ts';
import { useTexts } from '../i18n/language.tsx';
import { Button, ButtonLink } from '../ui/button.tsx';
import { ProblemBox } from '../ui/problem-box.tsx';

/** Whether there is an order to offer: to who administers the certificate. */
export const offersOrder = ({ standing, renewable, reapplicable }: PhoneCertificate): boolean =>
  standing === 'HOLDER' && (renewable || reapplicable);

/** 续期 within 30 days of the end (MOB-042, OD-29); 重新申请 of an enterprise's that has ended (MOB-043). */
export function RenewStep({ certificate }: { certificate: PhoneCertificate }) {
  const t = useTexts(texts);
  const client = useQueryClient();
  const navigate = useNavigate();
  const renew = useMutation({
    mutationFn: () =>
      call(raRoutes.create, {
        body: {
          kind: 'RENEW',
          applicant: certificate.kind === 'ENTERPRISE' ? 'ENTERPRISE' : 'INDIVIDUAL',
          certificateId: certificate.id,
        },
      }),
    onSuccess: (order) => {
      putOrder(client, order);
      void navigate({ to: '/orders/$id', params: { id: order.id } });
    },
  });
  if (certificate.renewable) {
    return (
      <>
        <p className="faint">{t.renewText}</p>
        {renew.error ? <ProblemBox error={renew.error} /> : null}
        <Button kind="primary" block busy={renew.isPending} onClick={() => renew.mutate()}>
          {t.renew}
        </Button>
      </>
    );
  }
  return (
    <>
      <p className="faint">{t.reapplyText}</p>
      <ButtonLink
        kind="primary"
        block
        to="/certificates/$id/change"
        params={{ id: certificate.id }}
        search={{ kind: 'REAPPLY' }}
      >
        {t.reapply}
      </ButtonLink>
    </>
  );
}
