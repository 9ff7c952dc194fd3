import { raRoutes } from '@hufu/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { putOrder } from '../apply/order-queries.ts';
import { change as catalogue } from '../i18n/change.ts';
import { useTexts } from '../i18n/language.tsx';
import { Alert } from '../ui/alert.tsx';
import { Button, ButtonLink } from '../ui/button.tsx';
import { CheckField } from '../ui/form.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { ProblemBox } from '../ui/problem-box.tsx';
import { Screen } from '../ui/screen.tsx';
import { certificateQuery } from './certificate-queries.ts';

const route = getRouteApi('/member/verified/certificates/$id/change');

/** 变更企业信息, 挂失补办 and 重新申请: the warning of MOB-045 first, and an explicit yes. */
export function ChangePage() {
  const texts = useTexts(catalogue);
  const { id } = route.useParams();
  const { kind = 'CHANGE' } = route.useSearch();
  const certificate = useQuery(certificateQuery(id));
  const client = useQueryClient();
  const navigate = useNavigate();
  const [sure, setSure] = useState(false);
  const [asked, setAsked] = useState(false);
  const t = { ...texts, ...texts.of[kind] };
  const begin = useMutation({
    mutationFn: () => call(raRoutes.create, { body: { kind, applicant: 'ENTERPRISE', certificateId: id } }),
    onSuccess: (order) => {
      putOrder(client, order);
      void navigate({ to: '/orders/$id/edit', params: { id: order.id }, replace: true });
    },
  });
  const press = () => {
    setAsked(true);
    if (sure) begin.mutate();
  };
  return (
    <Screen
      title={t.title}
      back="/certificates"
      footer={
        <>
          <Button
            kind={kind === 'REAPPLY' ? 'primary' : 'destroy'}
            block
            busy={begin.isPending}
            onClick={press}
          >
            {t.goOn}
          </Button>
          <ButtonLink block to="/certificates/$id" params={{ id }}>
            {t.cancel}
          </ButtonLink>
        </>
      }
    >
      <Loaded query={certificate}>
        {(found) => (
          <p>
            <span className="faint">{t.which}</span>
            <br />
            {found.subjectName} · <span className="figures">…{found.serialNumber.slice(-8)}</span>
          </p>
        )}
      </Loaded>
      <Alert tone="bad" title={t.warning}>
        <p>{t.why}</p>
      </Alert>
      <CheckField checked={sure} onChecked={setSure}>
        {t.accept}
      </CheckField>
      {asked && !sure ? (
        <p className="field-error" role="alert">
          {t.acceptMissing}
        </p>
      ) : null}
      {begin.error ? <ProblemBox error={begin.error} /> : null}
    </Screen>
  );
}
