import type { Authorisation, Redirect } from '@hufu/contracts';
import type { UseMutationResult } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import type { z } from 'zod';
import { clockTime } from '../../format/dates.ts';
import { common } from '../../i18n/common.ts';
import { hub } from '../../i18n/hub.ts';
import { useLanguage, useNamed, useTexts } from '../../i18n/language.tsx';
import { Alert } from '../../ui/alert.tsx';
import { Button, ButtonAnchor } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Page } from '../../ui/page.tsx';
import { PhoneLink } from '../../ui/phone-link.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';
import { CertificateCard } from '../certificate-card.tsx';
import { ClaimList } from './claim-list.tsx';
import './authorise.css';

type ConfirmationProps = {
  authorisation: Authorisation;
  confirm: UseMutationResult<z.infer<typeof Redirect>, Error, void>;
  way: ReactNode;
  /** The way back, beside 「确认登录」. */
  another: ReactNode;
};

/** What the platform will be told, and the second confirmation (HUB-063, HUB-064). */
export function Confirmation({ authorisation, confirm, way, another }: ConfirmationProps) {
  const t = useTexts(hub).authorise;
  const { groups, listSeparator } = useTexts(common);
  const named = useNamed();
  const { language } = useLanguage();
  const { platform } = authorisation;
  if (confirm.data) return <Leaving name={named(platform)} href={confirm.data.redirectTo} way={way} />;
  return (
    <Page title={t.title} lead={t.lead(named(platform))}>
      {way}
      <div className="columns">
        <div className="stack">
          {authorisation.firstTime ? (
            <Alert tone="info" title={t.firstTime}>
              <p>{t.filing}</p>
            </Alert>
          ) : null}
          <section className="card">
            <h2 className="claims-title">{t.told}</h2>
            <ClaimList claims={authorisation.claims} language={language} />
            <p className="faint">{t.nothingElse}</p>
          </section>
        </div>
        <div className="stack">
          <section className="card stack">
            <h2 className="platform-name">{named(platform)}</h2>
            <Facts
              compact
              facts={[
                { label: t.group, value: groups[platform.group] },
                { label: t.support, value: <PhoneLink phone={platform.supportPhone} /> },
                ...(platform.subsystems.length > 0
                  ? [{ label: t.subsystems, value: platform.subsystems.join(listSeparator), wide: true }]
                  : []),
              ]}
            />
            {confirm.error ? <ProblemBox error={confirm.error} /> : null}
            <Button kind="primary" large busy={confirm.isPending} onClick={() => confirm.mutate()}>
              {t.confirm}
            </Button>
            {another}
            <p className="faint">{t.validUntil(clockTime(authorisation.expiresAt))}</p>
          </section>
        </div>
      </div>
      <section className="claims-certificate">
        <h2 className="claims-title">{t.certificate}</h2>
        <CertificateCard certificate={authorisation.certificate} />
      </section>
    </Page>
  );
}

type LeavingProps = { name: string; href: string; way: ReactNode };

function Leaving({ name, href, way }: LeavingProps) {
  const t = useTexts(hub).authorise;
  useEffect(() => location.assign(href), [href]);
  return (
    <Page title={t.leaving(name)} lead={t.leavingText} narrow>
      {way}
      <ButtonAnchor kind="primary" href={href}>
        {t.go}
      </ButtonAnchor>
    </Page>
  );
}
