import { evidenceRoutes } from '@hufu/contracts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { addressOf } from '../api/client.ts';
import { WithSession } from '../hub/need-login.tsx';
import { evidence } from '../i18n/evidence.ts';
import { useTexts } from '../i18n/language.tsx';
import { useSaid } from '../i18n/said.ts';
import { ButtonAnchor, ButtonLink } from '../ui/button.tsx';
import { Loaded, Skeleton } from '../ui/loaded.tsx';
import { Page } from '../ui/page.tsx';
import { stampQuery } from './evidence-query.ts';
import { Stamp } from './stamp.tsx';

const route = getRouteApi('/evidence/$id');

export function StampPage() {
  return <WithSession>{() => <One />}</WithSession>;
}

function One() {
  const t = useTexts(evidence);
  const said = useSaid();
  const { id } = route.useParams();
  const stamp = useQuery(stampQuery(id));
  return (
    <Page title={t.stamp} lead={stamp.data && said(stamp.data.said)}>
      <Loaded query={stamp} skeleton={<Skeleton lines={4} tall />}>
        {(data) => (
          <div className="stack">
            <Stamp stamp={data} />
            <div className="row">
              <ButtonAnchor
                kind="primary"
                icon="download"
                download
                href={addressOf(evidenceRoutes.bundle, { params: { id } })}
              >
                {t.download}
              </ButtonAnchor>
              <ButtonLink to="/evidence/verify" icon="shield">
                {t.how}
              </ButtonLink>
              <ButtonLink to="/evidence" icon="left">
                {t.back}
              </ButtonLink>
            </div>
          </div>
        )}
      </Loaded>
    </Page>
  );
}
