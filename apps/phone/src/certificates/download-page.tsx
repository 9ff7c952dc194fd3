import type { PhoneCertificate, RaOrder } from '@hufu/contracts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useSession } from '../api/session.ts';
import { orderQuery } from '../apply/order-queries.ts';
import { certificates as texts } from '../i18n/certificates.ts';
import { useTexts } from '../i18n/language.tsx';
import { pin as pinTexts } from '../i18n/pin.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Empty, Loaded, Skeleton } from '../ui/loaded.tsx';
import { PinPad } from '../ui/pin-pad.tsx';
import { ProblemBox } from '../ui/problem-box.tsx';
import { Screen } from '../ui/screen.tsx';
import { certificateQuery } from './certificate-queries.ts';
import { DOWNLOAD_STEPS, type DownloadStep, keptHalf } from './download-certificate.ts';
import { NewPin } from './new-pin.tsx';
import { useDownload } from './use-download.ts';
import './certificates.css';

const route = getRouteApi('/member/verified/orders/$id/download');

/** 下载证书 (MOB-016, MOB-017). */
export function DownloadPage() {
  const t = useTexts(texts).download;
  const { id } = route.useParams();
  const order = useQuery(orderQuery(id));
  const formerId = order.data?.keepsEncryptionKey ? order.data.certificateId : null;
  const former = useQuery({ ...certificateQuery(formerId ?? ''), enabled: formerId !== null });
  return (
    <Screen title={t.title} back="/orders">
      <Loaded query={order} skeleton={<Skeleton lines={3} tall />}>
        {(data) =>
          formerId === null ? (
            <Download order={data} former={undefined} />
          ) : (
            <Loaded query={former} skeleton={<Skeleton lines={3} tall />}>
              {(found) => <Download order={data} former={found} />}
            </Loaded>
          )
        }
      </Loaded>
    </Screen>
  );
}

type DownloadProps = { order: RaOrder; former: PhoneCertificate | undefined };

function Download({ order, former }: DownloadProps) {
  const t = useTexts(texts).download;
  const pin = useTexts(pinTexts);
  const session = useSession().data;
  const download = useDownload({ order, former });
  if (download.issued) {
    const isFirst = order.kind === 'NEW' && order.applicant === 'ENTERPRISE';
    return <Done certificateId={download.issued.certificateId} isFirst={isFirst} />;
  }
  if (download.busy) return <Steps at={download.step} stopped={false} />;
  if (order.state !== 'TO_DOWNLOAD') return <Empty title={t.notReady} />;
  if (session?.vault === false) return <Empty title={t.noVault} />;
  if (download.error && download.resume) {
    return (
      <>
        <Steps at={download.step} stopped />
        <ProblemBox error={download.error} />
        <p>{t.failedText}</p>
        <Button kind="primary" block onClick={download.resume}>
          {t.retry}
        </Button>
      </>
    );
  }
  return (
    <>
      <p className="faint">{t.lead}</p>
      {session?.device ? <p className="faint">{t.here(session.device.name)}</p> : null}
      {download.error ? <ProblemBox error={download.error} /> : null}
      {keptHalf(order, former) === undefined ? (
        <NewPin label={pin.set} againLabel={pin.again} submitLabel={t.title} onPin={download.start} />
      ) : (
        <PinPad label={pin.current} note={t.keepsPin} submitLabel={t.title} onSubmit={download.start} />
      )}
    </>
  );
}

function Steps({ at, stopped }: { at: DownloadStep | undefined; stopped: boolean }) {
  const t = useTexts(texts).download;
  const place = at === undefined ? 0 : DOWNLOAD_STEPS.indexOf(at);
  return (
    <>
      <ol className="download-steps">
        {DOWNLOAD_STEPS.map((step, index) => {
          const state = index < place ? 'done' : index > place ? 'waiting' : stopped ? 'failed' : 'running';
          return (
            <li key={step} className={`download-step download-step-${state}`}>
              <span className="download-mark">
                {state === 'done' ? <Icon name="check" size={16} /> : null}
                {state === 'failed' ? <Icon name="warning" size={16} /> : null}
                {state === 'running' ? <span className="spinner" aria-hidden="true" /> : null}
              </span>
              <span>{t.steps[step]}</span>
              <span className="visually-hidden">{t.stepStates[state]}</span>
            </li>
          );
        })}
      </ol>
      <p className="faint" role="status">
        {stopped ? t.failed : t.stay}
      </p>
    </>
  );
}

/** @param isFirst of an enterprise: the next step is at the computer (MOB-030) */
function Done({ certificateId, isFirst }: { certificateId: string; isFirst: boolean }) {
  const t = useTexts(texts).download;
  return (
    <div className="done" role="status">
      <span className="done-mark">
        <Icon name="check" size={40} />
      </span>
      <h2>{t.done}</h2>
      <p>{t.doneText}</p>
      {isFirst ? <p className="faint">{t.nextText}</p> : null}
      <ButtonLink kind="primary" block to="/certificates/$id" params={{ id: certificateId }} replace>
        {t.toCertificate}
      </ButtonLink>
      <ButtonLink block to="/" replace>
        {t.home}
      </ButtonLink>
    </div>
  );
}
