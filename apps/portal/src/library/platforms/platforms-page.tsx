import type { PlatformStanding } from '@hufu/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { minute } from '../../format/dates.ts';
import { common } from '../../i18n/common.ts';
import { useTexts } from '../../i18n/language.tsx';
import { library } from '../../i18n/library.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Empty, Loaded, Skeleton } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { Status } from '../../ui/status.tsx';
import { Consent } from './consent.tsx';
import { MirrorState } from './mirror-state.tsx';
import { platformsQuery } from './platforms-query.ts';

/** 交易平台: what each has of this entity, whose review counts there, and what it may look up (PLAT-014 … PLAT-022, PLAT-041). */
export function PlatformsPage() {
  const t = useTexts(library).platforms;
  const { listSeparator } = useTexts(common);
  const platforms = useQuery(platformsQuery);
  return (
    <Page title={t.title} lead={t.lead}>
      <Loaded query={platforms} skeleton={<Skeleton lines={4} tall />}>
        {(all) => {
          const active = all.filter(({ activated }) => activated);
          const others = all.filter(({ activated }) => !activated);
          return (
            <div className="stack">
              {active.length === 0 ? (
                <Empty title={t.none}>
                  <p>{t.howToActivate}</p>
                  <ButtonLink to="/platforms">{t.activate}</ButtonLink>
                </Empty>
              ) : null}
              {active.map((platform) => (
                <Platform key={platform.code} platform={platform} />
              ))}
              {others.length > 0 ? (
                <section className="card stack-tight">
                  <h2 className="panel-title">{t.others}</h2>
                  {active.length > 0 ? <p>{t.howToActivate}</p> : null}
                  <p className="faint">{others.map(({ name }) => name).join(listSeparator)}</p>
                </section>
              ) : null}
            </div>
          );
        }}
      </Loaded>
    </Page>
  );
}

function Platform({ platform }: { platform: PlatformStanding }) {
  const t = useTexts(library).platforms;
  return (
    <section className="card stack-tight" aria-label={platform.name}>
      <h2 className="panel-title">{platform.name}</h2>
      <Facts
        facts={[
          { label: t.copy, value: <Copy platform={platform} />, wide: true },
          { label: t.review, value: <Review platform={platform} />, wide: true },
          { label: t.lookUp, value: <Consent platform={platform} />, wide: true },
        ]}
      />
    </section>
  );
}

/** The mirrored version; how to bring it up to date (PLAT-015, PLAT-017). */
function Copy({ platform: { mirror, filingMode } }: { platform: PlatformStanding }) {
  const t = useTexts(library).platforms;
  const { listSeparator } = useTexts(common);
  if (mirror === null)
    return <p className="faint">{filingMode === 'MIRROR' ? t.notSynced : t.localFiling}</p>;
  return (
    <>
      <p className="row">
        <span className="figures">{t.synced(mirror.libVersion, minute(mirror.syncedAt))}</span>
        <MirrorState mirror={mirror} />
      </p>
      {mirror.current && mirror.complete ? null : (
        <p className="faint">
          {mirror.current ? t.gapsText : t.outdatedText} <Link to="/library/base">{t.toCode}</Link>
        </p>
      )}
      {mirror.gaps && mirror.gaps.missing.length > 0 ? (
        <p>{t.missing(mirror.gaps.missing.join(listSeparator))}</p>
      ) : null}
    </>
  );
}

/** The platform's own approval, or another's that it took over. */
function Review({ platform: { approval, recognition, recognises } }: { platform: PlatformStanding }) {
  const t = useTexts(library).platforms;
  const { listSeparator } = useTexts(common);
  return (
    <>
      {approval ? (
        <p className="row">
          <span className="figures">{t.approved(approval.version, minute(approval.decidedAt))}</span>
          <Standing withdrawn={approval.withdrawn} />
        </p>
      ) : null}
      {recognition ? (
        <p className="row">
          <span className="figures">
            {t.recognised({
              by: recognition.approvedBy,
              version: recognition.version,
              when: minute(recognition.recognisedAt),
            })}
          </span>
          <Standing withdrawn={recognition.withdrawn} />
        </p>
      ) : null}
      {approval === null && recognition === null ? <p className="faint">{t.notReviewed}</p> : null}
      {recognises.length > 0 ? <p className="faint">{t.recognises(recognises.join(listSeparator))}</p> : null}
    </>
  );
}

function Standing({ withdrawn }: { withdrawn: boolean }) {
  const t = useTexts(library).platforms;
  return withdrawn ? <Status tone="attention">{t.lapsed}</Status> : <Status tone="good">{t.inForce}</Status>;
}
