import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useSession } from '../api/session.ts';
import { isOpenOrder } from '../apply/order-line.ts';
import { ordersQuery } from '../apply/order-queries.ts';
import { certificates as texts } from '../i18n/certificates.ts';
import { useTexts } from '../i18n/language.tsx';
import { Cell, Group } from '../ui/cell.tsx';
import { Icon } from '../ui/icon.tsx';
import { Empty, Loaded, Skeleton } from '../ui/loaded.tsx';
import { Screen } from '../ui/screen.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { CertificateCard } from './certificate-card.tsx';
import { type CertificateTab, certificatesQuery } from './certificate-queries.ts';
import './certificates.css';

const route = getRouteApi('/member/certificates');

/** 证书管理: 生效中 and 已失效 (MOB-041), 「+」 for a new one (MOB-040). */
export function CertificatesPage() {
  const t = useTexts(texts);
  const { tab = 'effective' } = route.useSearch();
  const navigate = useNavigate();
  const [adding, setAdding] = useState(false);
  return (
    <Screen
      title={t.title}
      back="/"
      action={
        <button type="button" className="icon-button" aria-label={t.add} onClick={() => setAdding(true)}>
          <Icon name="plus" size={22} />
        </button>
      }
    >
      <OrdersUnderWay />
      <Tabs<CertificateTab>
        label={t.tabs}
        value={tab}
        onValue={(value) => void navigate({ to: '/certificates', search: { tab: value }, replace: true })}
        tabs={[
          { value: 'effective', label: t.effective },
          { value: 'ended', label: t.ended },
        ]}
      >
        <CertificateList tab={tab} />
      </Tabs>
      {adding ? (
        <Sheet title={t.add} onClose={() => setAdding(false)}>
          <Group>
            <Cell
              icon="card"
              title={t.enterprise}
              note={t.addEnterpriseText}
              link={{ to: '/apply', search: { applicant: 'ENTERPRISE' } }}
            />
            <Cell
              icon="person"
              title={t.personal}
              note={t.addPersonalText}
              link={{ to: '/apply', search: { applicant: 'INDIVIDUAL' } }}
            />
          </Group>
        </Sheet>
      ) : null}
    </Screen>
  );
}

function CertificateList({ tab }: { tab: CertificateTab }) {
  const t = useTexts(texts);
  const certificates = useQuery(certificatesQuery(tab));
  return (
    <Loaded query={certificates} skeleton={<Skeleton lines={2} tall />}>
      {(all) => {
        if (all.length === 0) {
          return (
            <Empty title={tab === 'effective' ? t.empty : t.emptyEnded}>
              {tab === 'effective' ? <p>{t.emptyText}</p> : null}
            </Empty>
          );
        }
        return (
          <ul className="certificate-list">
            {all.map((certificate) => (
              <CertificateCard key={certificate.id} certificate={certificate} />
            ))}
          </ul>
        );
      }}
    </Loaded>
  );
}

function OrdersUnderWay() {
  const t = useTexts(texts);
  const verified = useSession().data?.verified === true;
  const orders = useQuery({ ...ordersQuery, enabled: verified }).data ?? [];
  const open = orders.filter(({ state }) => isOpenOrder(state)).length;
  if (orders.length === 0) return null;
  return (
    <Group>
      <Cell icon="file" title={t.orders} value={open > 0 ? t.inOrders(open) : ''} link={{ to: '/orders' }} />
    </Group>
  );
}
