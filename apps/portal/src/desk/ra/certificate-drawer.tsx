import { type DeskRaCertificate, deskRaRoutes } from '@hufu/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { day } from '../../format/dates.ts';
import { useTexts } from '../../i18n/language.tsx';
import { ra } from '../../i18n/ra.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { CodeText, USCC_GROUPS } from '../../ui/code-text.tsx';
import { Drawer } from '../../ui/drawer.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { useDeskRoles } from '../desk-session.ts';
import { ReasonDialog } from '../parts/reason-dialog.tsx';
import { CertificateStateWord } from './certificate-state.tsx';

const route = getRouteApi('/desk/ra-certificates/$id');

/** CA-033, CA-035: what can be done to a certificate in each state, and by whom. */
const STEPS = {
  hold: { states: ['EFFECTIVE'], roles: ['clerk', 'reviewer'], route: deskRaRoutes.hold },
  release: { states: ['HELD'], roles: ['reviewer'], route: deskRaRoutes.release },
  revoke: { states: ['EFFECTIVE', 'HELD'], roles: ['reviewer'], route: deskRaRoutes.revoke },
} as const;
type Step = keyof typeof STEPS;
const NAMES: readonly Step[] = ['hold', 'release', 'revoke'];

export function CertificateDrawer() {
  const t = useTexts(ra);
  const { id } = route.useParams();
  const has = useDeskRoles();
  const client = useQueryClient();
  const [step, setStep] = useState<Step>();
  const certificate = useQuery({
    queryKey: ['desk', 'ra', 'certificate', id],
    queryFn: ({ signal }) => call(deskRaRoutes.certificate, { params: { id }, signal }),
  });
  const { data } = certificate;
  const open = NAMES.filter(
    (name) =>
      data !== undefined &&
      (STEPS[name].states as readonly string[]).includes(data.state) &&
      has(...STEPS[name].roles),
  );
  return (
    <Drawer
      title={data?.holder ?? t.certificates}
      back="/desk/ra-certificates"
      actions={open.map((name) => (
        <Button key={name} kind={name === 'release' ? 'plain' : 'destroy'} onClick={() => setStep(name)}>
          {t[name]}
        </Button>
      ))}
    >
      <Loaded query={certificate}>{(found) => <Details certificate={found} />}</Loaded>
      {step === undefined || data === undefined ? null : (
        <ReasonDialog
          title={t[`${step}Title`]}
          confirm={t[step]}
          destroys={step !== 'release'}
          act={async (reason) => {
            const { version } = data;
            await call(STEPS[step].route, { params: { id }, body: { version, reason } });
            await client.invalidateQueries({ queryKey: ['desk', 'ra'] });
          }}
          onClose={() => setStep(undefined)}
        >
          <p>{t[`${step}Text`]}</p>
          <p>
            <strong>{data.holder}</strong> {data.serialHex}
          </p>
        </ReasonDialog>
      )}
    </Drawer>
  );
}

function Details({ certificate }: { certificate: DeskRaCertificate }) {
  const t = useTexts(ra);
  return (
    <div className="stack-tight">
      <Facts
        facts={[
          { label: t.holder, value: certificate.holder },
          { label: t.state, value: <CertificateStateWord state={certificate.state} /> },
          ...(certificate.uscc === ''
            ? []
            : [
                {
                  label: t.form.uscc,
                  value: <CodeText value={certificate.uscc} pattern={USCC_GROUPS} copyable />,
                },
              ]),
          ...(certificate.expertNo === null ? [] : [{ label: t.form.expertNo, value: certificate.expertNo }]),
          { label: t.form.authority, value: certificate.authority.name },
          { label: t.medium, value: t.media[certificate.medium] },
          { label: t.keyNo, value: <CodeText value={certificate.keyNo} copyable /> },
          { label: t.serial, value: <CodeText value={certificate.serialHex} copyable />, wide: true },
          { label: t.validity, value: `${day(certificate.validFrom)} – ${day(certificate.validTo)}` },
          ...(certificate.note === null ? [] : [{ label: t.note, value: certificate.note, wide: true }]),
        ]}
      />
      <div>
        <ButtonLink to="/desk/ra/$id" params={{ id: certificate.orderId }}>
          {t.facts}
        </ButtonLink>
      </div>
    </div>
  );
}
