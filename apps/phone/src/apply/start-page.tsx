import { type RaApplicant, raRoutes } from '@hufu/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { apply } from '../i18n/apply.ts';
import { useTexts } from '../i18n/language.tsx';
import { Button } from '../ui/button.tsx';
import { CheckField } from '../ui/form.tsx';
import { Icon } from '../ui/icon.tsx';
import { ProblemBox } from '../ui/problem-box.tsx';
import { Screen } from '../ui/screen.tsx';
import { putOrder } from './order-queries.ts';
import './apply.css';

const route = getRouteApi('/member/verified/apply');

/** 申请企业证书 / 个人证书: what to have at hand (MOB-004), then the way through (MOB-010). */
export function StartPage() {
  const t = useTexts(apply);
  const { applicant: asked = 'ENTERPRISE' } = route.useSearch();
  const [expert, setExpert] = useState(false);
  const navigate = useNavigate();
  const client = useQueryClient();
  const applicant: RaApplicant = asked === 'INDIVIDUAL' && expert ? 'EXPERT' : asked;
  const begin = useMutation({
    mutationFn: () => call(raRoutes.create, { body: { kind: 'NEW', applicant } }),
    onSuccess: (order) => {
      putOrder(client, order);
      void navigate({ to: '/orders/$id/edit', params: { id: order.id }, replace: true });
    },
  });
  return (
    <Screen
      title={t.titles.NEW[applicant]}
      back="/"
      footer={
        <Button kind="primary" block busy={begin.isPending} onClick={() => begin.mutate()}>
          {t.start.begin}
        </Button>
      }
    >
      <section className="panel">
        <h2>{t.start.lead}</h2>
        <ul className="materials">
          {Object.values(t.start.materials[applicant]).map((material) => (
            <li key={material}>
              <Icon name="check" size={16} />
              <span>{material}</span>
            </li>
          ))}
        </ul>
        {asked === 'INDIVIDUAL' ? (
          <CheckField checked={expert} onChecked={setExpert}>
            {t.expertChoice}
          </CheckField>
        ) : null}
      </section>
      <p className="faint">{t.start.time}</p>
      <p className="faint">{t.start.fee}</p>
      {begin.error ? <ProblemBox error={begin.error} /> : null}
    </Screen>
  );
}
