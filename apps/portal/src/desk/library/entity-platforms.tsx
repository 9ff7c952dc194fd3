import type { EntityExchange } from '@hufu/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { minute } from '../../format/dates.ts';
import { useTexts } from '../../i18n/language.tsx';
import { mapping } from '../../i18n/mapping.ts';
import { stewards } from '../../i18n/stewards.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { Status, type Tone } from '../../ui/status.tsx';
import { entityExchangeQuery } from './stewards-query.ts';

type Standing = EntityExchange['platforms'][number];
type Mirror = NonNullable<Standing['mirror']>;

/** The entity at each platform: its copy, its filing, its recognition, and what has not been delivered. */
export function EntityPlatforms({ id }: { id: string }) {
  const t = useTexts(stewards).platforms;
  const exchange = useQuery(entityExchangeQuery(id));
  return (
    <section className="stack-tight">
      <h3>{t.title}</h3>
      <Loaded query={exchange}>
        {(data) => {
          const known = data.platforms.filter(isKnown);
          return (
            <>
              <p className="faint">{t.libVersion(data.libVersion)}</p>
              {known.length === 0 ? <p className="faint">{t.nowhere}</p> : null}
              <ul className="entity-platforms">
                {known.map((one) => (
                  <li key={one.code} className="card stack-tight">
                    <OnePlatform standing={one} />
                  </li>
                ))}
              </ul>
              <Undelivered pushes={data.undelivered} />
              <History exchange={data} />
            </>
          );
        }}
      </Loaded>
    </section>
  );
}

const isKnown = ({ activated, mirror, approval, recognition, consent }: Standing): boolean =>
  activated || consent || mirror !== null || approval !== null || recognition !== null;

function OnePlatform({ standing }: { standing: Standing }) {
  const t = useTexts(stewards).platforms;
  const { code, name, filingMode, activated, consent, mirror, approval, recognition } = standing;
  return (
    <>
      <div className="row row-spread">
        <strong>{name}</strong>
        <Status tone={activated ? 'good' : 'idle'}>{activated ? t.activated : t.notActivated}</Status>
      </div>
      {mirror === null ? (
        filingMode === 'MIRROR' ? (
          <p className="faint">{t.neverSynced}</p>
        ) : null
      ) : (
        <MirrorLine mirror={mirror} code={code} />
      )}
      {approval === null ? (
        filingMode === 'LOCAL' ? (
          <p className="faint">{t.noFiling}</p>
        ) : null
      ) : (
        <p>
          <Status tone={approval.withdrawn ? 'idle' : 'good'}>
            {approval.withdrawn ? t.filingEnded : t.filed}
          </Status>{' '}
          {t.version(approval.version)} <time className="faint">{minute(approval.decidedAt)}</time>
        </p>
      )}
      {recognition === null ? null : (
        <p>
          <Status tone={recognition.withdrawn ? 'idle' : 'good'}>
            {recognition.withdrawn ? t.recognitionEnded : t.recognised}
          </Status>{' '}
          {t.by(recognition.approvedBy)} {t.version(recognition.version)}{' '}
          <time className="faint">{minute(recognition.recognisedAt)}</time>
        </p>
      )}
      {consent ? <p className="faint">{t.consent}</p> : null}
    </>
  );
}

const toneOf = ({ current, complete }: Mirror): Tone => (!current ? 'attention' : complete ? 'good' : 'busy');

function MirrorLine({ mirror, code }: { mirror: Mirror; code: string }) {
  const t = useTexts(stewards).platforms;
  const directories = useTexts(mapping);
  const { gaps } = mirror;
  return (
    <>
      <p>
        <Status tone={toneOf(mirror)}>{mirror.current ? t.current : t.outdated}</Status>{' '}
        {t.version(mirror.libVersion)} <time className="faint">{minute(mirror.syncedAt)}</time>
      </p>
      {gaps === null || mirror.complete ? (
        <p className="faint">{mirror.complete ? t.complete : t.incomplete}</p>
      ) : (
        <ul className="stack-tight">
          {gaps.missing.map((node) => (
            <li key={node}>{t.missing(node)}</li>
          ))}
          {gaps.unmapped > 0 ? (
            <li>
              {t.unmapped(gaps.unmapped)}{' '}
              <Link to="/desk/mappings" search={{ platform: code }}>
                {directories.title}
              </Link>
            </li>
          ) : null}
          {gaps.stale > 0 ? <li>{t.stale(gaps.stale)}</li> : null}
        </ul>
      )}
    </>
  );
}

function Undelivered({ pushes }: { pushes: EntityExchange['undelivered'] }) {
  const t = useTexts(stewards);
  if (pushes.length === 0) return null;
  return (
    <div>
      <h4>{t.platforms.undelivered}</h4>
      <ul className="stack-tight">
        {pushes.map((push) => (
          <li key={push.id}>
            {push.platformName}{' '}
            <Status tone={push.state === 'DEAD' ? 'bad' : 'busy'}>{t.pushStates[push.state]}</Status>{' '}
            {t.platforms.notices[push.kind]} <time className="faint">{minute(push.at)}</time>
          </li>
        ))}
      </ul>
      <Link to="/desk/pushes">{t.pushes}</Link>
    </div>
  );
}

/** Copies, decisions and recognitions of before, one line each, the newest first. */
function History({ exchange }: { exchange: EntityExchange }) {
  const t = useTexts(stewards).platforms;
  const { syncs, filings, recognitions } = exchange;
  const lines = [
    ...syncs.map(({ platform, syncedAt, libVersion, complete }) => ({
      at: syncedAt,
      text: `${platform.name} ${t.synced} ${t.version(libVersion)} ${complete ? t.complete : t.incomplete}`,
    })),
    ...filings.map(({ platform, decidedAt, version, filingId, because }) => ({
      at: decidedAt,
      text: `${platform.name} ${t.filed} ${t.version(version)} ${t.filingNo(filingId)}${
        because === null ? '' : ` ${t.because[because]}`
      }`,
    })),
    ...recognitions.map(({ platform, approvedBy, recognisedAt, version, withdrawnAt }) => ({
      at: recognisedAt,
      text: `${platform.name} ${t.recognised} ${t.by(approvedBy.name)} ${t.version(version)}${
        withdrawnAt === null ? '' : ` ${t.recognitionEnded}`
      }`,
    })),
  ].toSorted((one, other) => other.at.localeCompare(one.at));
  if (lines.length === 0) return null;
  return (
    <details>
      <summary>{t.history}</summary>
      <ol className="stack-tight">
        {lines.map(({ at, text }) => (
          <li key={`${at} ${text}`}>
            <time className="faint">{minute(at)}</time> {text}
          </li>
        ))}
      </ol>
    </details>
  );
}
