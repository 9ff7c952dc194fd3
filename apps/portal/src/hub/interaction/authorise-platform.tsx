import type { InteractionDetails } from '@hufu/contracts';
import type { ReactNode } from 'react';
import { common } from '../../i18n/common.ts';
import { hub } from '../../i18n/hub.ts';
import { useNamed, useTexts } from '../../i18n/language.tsx';
import { Button } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { PhoneLink } from '../../ui/phone-link.tsx';

type AuthorisePlatformProps = {
  details: InteractionDetails;
  onAuthorise: () => void;
  children: ReactNode;
};

/** The first confirmation, 「确认授权」, for a platform that was chosen by arriving from it. */
export function AuthorisePlatform({ details, onAuthorise, children }: AuthorisePlatformProps) {
  const t = useTexts(hub);
  const { groups, certificate } = useTexts(common);
  const named = useNamed();
  const { platform, session } = details;
  return (
    <section className="card stack">
      <h2>{named(platform)}</h2>
      <Facts
        facts={[
          { label: t.authorise.group, value: groups[platform.group] },
          { label: t.authorise.support, value: <PhoneLink phone={platform.supportPhone} /> },
          { label: certificate.unitName, value: session?.entity.unitName ?? '' },
        ]}
      />
      <Button kind="primary" large onClick={onAuthorise}>
        {t.platforms.confirm}
      </Button>
      {children}
    </section>
  );
}
