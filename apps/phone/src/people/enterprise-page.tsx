import { type PhoneEnterpriseDetail, phoneRoutes } from '@hufu/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { certificatesQuery } from '../certificates/certificate-queries.ts';
import { day } from '../format/dates.ts';
import { useTexts } from '../i18n/language.tsx';
import { people as texts } from '../i18n/people.ts';
import { Alert } from '../ui/alert.tsx';
import { Button } from '../ui/button.tsx';
import { Cell, Group } from '../ui/cell.tsx';
import { CodeText, USCC_GROUPS } from '../ui/code-text.tsx';
import { ConfirmSheet } from '../ui/confirm-sheet.tsx';
import { Facts } from '../ui/facts.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { Screen } from '../ui/screen.tsx';
import { enterpriseQuery, enterprisesQuery } from './people-queries.ts';

const route = getRouteApi('/member/verified/enterprises/$id');

/** 企业信息, and the way to 变更企业信息 (MOB-044). */
export function EnterprisePage() {
  const t = useTexts(texts);
  const { id } = route.useParams();
  const enterprise = useQuery(enterpriseQuery(id));
  return (
    <Screen title={t.enterprise} back="/people">
      <Loaded query={enterprise}>{(data) => <EnterpriseBody enterprise={data} />}</Loaded>
    </Screen>
  );
}

function EnterpriseBody({ enterprise }: { enterprise: PhoneEnterpriseDetail }) {
  const t = useTexts(texts);
  return (
    <>
      {enterprise.frozen ? <Alert tone="attention" title={t.frozen} /> : null}
      <section className="panel">
        <Facts
          facts={[
            { label: t.enterpriseName, value: enterprise.name },
            { label: t.uscc, value: <CodeText value={enterprise.uscc} pattern={USCC_GROUPS} copyable /> },
            { label: t.role, value: t.standings[enterprise.standing] },
            ...(enterprise.administrator === null
              ? []
              : [{ label: t.administrator, value: enterprise.administrator }]),
            { label: t.peopleCount, value: enterprise.people },
            { label: t.certificates, value: enterprise.certificates },
            { label: t.claimedSince, value: <time>{day(enterprise.since)}</time> },
          ]}
        />
      </section>
      {enterprise.standing === 'ADMIN' ? <ChangeEnterprise id={enterprise.id} /> : null}
      {enterprise.standing === 'CLAIMED' && enterprise.claimId ? <DropClaim id={enterprise.claimId} /> : null}
    </>
  );
}

/** 变更企业信息 replaces a certificate: where there are several, one is chosen. */
function ChangeEnterprise({ id }: { id: string }) {
  const t = useTexts(texts);
  const certificates = useQuery(certificatesQuery('effective'));
  return (
    <Loaded query={certificates}>
      {(all) => {
        const own = all.filter(
          ({ enterprise, standing, state }) =>
            enterprise?.id === id && standing === 'HOLDER' && state === 'EFFECTIVE',
        );
        if (own.length === 0) return <p className="faint">{t.changeNone}</p>;
        return (
          <Group note={t.changeText}>
            {own.map((one) => (
              <Cell
                key={one.id}
                icon="edit"
                title={t.change}
                note={
                  own.length > 1 ? <span className="figures">…{one.serialNumber.slice(-8)}</span> : undefined
                }
                link={{
                  to: '/certificates/$id/change',
                  params: { id: one.id },
                  search: { kind: 'CHANGE' },
                }}
              />
            ))}
          </Group>
        );
      }}
    </Loaded>
  );
}

function DropClaim({ id }: { id: string }) {
  const t = useTexts(texts);
  const client = useQueryClient();
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  const drop = useMutation({
    mutationFn: () => call(phoneRoutes.dropClaim, { params: { id } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: enterprisesQuery.queryKey });
      void navigate({ to: '/people', replace: true });
    },
  });
  return (
    <>
      <Button block onClick={() => setOpen(true)}>
        {t.dropClaim}
      </Button>
      {open ? (
        <ConfirmSheet
          title={t.dropClaimTitle}
          action={t.dropClaim}
          destroys
          busy={drop.isPending}
          error={drop.error}
          onConfirm={() => drop.mutate()}
          onClose={() => setOpen(false)}
        >
          <p>{t.dropClaimText}</p>
        </ConfirmSheet>
      ) : null}
    </>
  );
}
