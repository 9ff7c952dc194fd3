import { type DeskBindingDetail, deskRoutes } from '@hufu/contracts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { z } from 'zod';
import { call } from '../../api/client.ts';
import { day, minute } from '../../format/dates.ts';
import { CertificateState } from '../../hub/certificate-state.tsx';
import { common } from '../../i18n/common.ts';
import { desk } from '../../i18n/desk.ts';
import { useTexts } from '../../i18n/language.tsx';
import { Button } from '../../ui/button.tsx';
import { CodeText, USCC_GROUPS } from '../../ui/code-text.tsx';
import { Drawer } from '../../ui/drawer.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { useDeskRoles } from '../desk-session.ts';
import { ReasonDialog } from '../parts/reason-dialog.tsx';

const route = getRouteApi('/desk/bindings/$id');
type Detail = z.infer<typeof DeskBindingDetail>;
type Revealed = { readonly legalRep: string; readonly phone: string; readonly address: string };

export function BindingDrawer() {
  const t = useTexts(desk).bindings;
  const { id } = route.useParams();
  const binding = useQuery({
    queryKey: ['desk', 'binding', id],
    queryFn: ({ signal }) => call(deskRoutes.binding, { params: { id }, signal }),
  });
  return (
    <Drawer title={binding.data?.unitName ?? t.title} back="/desk/bindings">
      <Loaded query={binding}>{(detail) => <Details detail={detail} />}</Loaded>
    </Drawer>
  );
}

function Details({ detail }: { detail: Detail }) {
  const t = useTexts(desk).bindings;
  const words = useTexts(common);
  const has = useDeskRoles();
  const [asking, setAsking] = useState(false);
  const [shown, setShown] = useState<Revealed>();
  return (
    <>
      <Facts
        facts={[
          { label: t.uscc, value: <CodeText value={detail.uscc} pattern={USCC_GROUPS} copyable /> },
          { label: t.roles, value: detail.roles.map((role) => words.roles[role]).join(words.listSeparator) },
          { label: t.legalRep, value: shown?.legalRep ?? detail.legalRepMasked },
          { label: t.phone, value: <span className="figures">{shown?.phone ?? detail.phoneMasked}</span> },
          ...(shown ? [{ label: t.address, value: shown.address, wide: true }] : []),
        ]}
      />
      {shown === undefined && has('clerk', 'reviewer') ? (
        <div>
          <Button onClick={() => setAsking(true)}>{t.reveal}</Button>
        </div>
      ) : null}
      <section>
        <h3>{t.certificates}</h3>
        <ul className="stack-tight">
          {detail.certificateList.map((certificate) => (
            <li key={certificate.id} className="card">
              <p className="row">
                <strong>{words.keyRoles[certificate.role]}</strong>
                <CertificateState status={certificate.status} />
              </p>
              <Facts
                compact
                facts={[
                  {
                    label: words.certificate.keyNo,
                    value: <CodeText value={certificate.certKeyNo} copyable />,
                  },
                  {
                    label: words.certificate.serial,
                    value: <CodeText value={certificate.serialNumber} copyable />,
                  },
                  {
                    label: words.certificate.issuer,
                    value: certificate.authority?.name ?? certificate.issuerName,
                  },
                  { label: words.certificate.validTo, value: <time>{day(certificate.validTo)}</time> },
                ]}
              />
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h3>{t.history}</h3>
        <ol className="stack-tight">
          {detail.history.map((entry) => (
            <li key={`${entry.at}${entry.action}`}>
              <time className="faint">{minute(entry.at)}</time> <code>{entry.action}</code> {entry.actor}
              {entry.note ? <span className="faint"> · {entry.note}</span> : null}
            </li>
          ))}
        </ol>
      </section>
      {asking ? (
        <ReasonDialog
          title={t.revealTitle}
          confirm={t.reveal}
          onClose={() => setAsking(false)}
          act={async (reason) => {
            setShown(await call(deskRoutes.reveal, { params: { id: detail.entityId }, body: { reason } }));
          }}
        >
          <p>{t.revealText}</p>
        </ReasonDialog>
      ) : null}
    </>
  );
}
