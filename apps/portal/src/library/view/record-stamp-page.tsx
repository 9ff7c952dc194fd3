import { memberEvidenceRoutes } from '@hufu/contracts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { addressOf, call } from '../../api/client.ts';
import { isSettled } from '../../evidence/evidence-query.ts';
import { Stamp } from '../../evidence/stamp.tsx';
import { common } from '../../i18n/common.ts';
import { evidence } from '../../i18n/evidence.ts';
import { useTexts } from '../../i18n/language.tsx';
import { useSaid } from '../../i18n/said.ts';
import { Button, ButtonAnchor, ButtonLink } from '../../ui/button.tsx';
import { Loaded, Skeleton } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';

const route = getRouteApi('/member/library/evidence/$id');

/** 上链信息戳 of one change of a record (LIB-PROJ-21). */
export function RecordStampPage() {
  const t = useTexts(evidence);
  const texts = useTexts(common);
  const said = useSaid();
  const router = useRouter();
  const { id } = route.useParams();
  const stamp = useQuery({
    queryKey: ['library', 'evidence', id],
    queryFn: ({ signal }) => call(memberEvidenceRoutes.stamp, { params: { id }, signal }),
    refetchInterval: ({ state }) => (isSettled(state.data) ? false : 3000),
  });
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
                href={addressOf(memberEvidenceRoutes.bundle, { params: { id } })}
              >
                {t.download}
              </ButtonAnchor>
              <ButtonLink to="/evidence/verify" icon="shield">
                {t.how}
              </ButtonLink>
              <Button icon="left" onClick={() => router.history.back()}>
                {texts.back}
              </Button>
            </div>
          </div>
        )}
      </Loaded>
    </Page>
  );
}
