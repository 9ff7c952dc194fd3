import { PHONE_ERRORS, SCAN_ERRORS, type ScanSession } from '@hufu/contracts';
import { knowErrors, ProblemError } from '../api/problem.ts';
import { useTexts } from '../i18n/language.tsx';
import { phone } from '../i18n/phone.ts';
import { Button, ButtonAnchor, ButtonLink } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Skeleton } from '../ui/loaded.tsx';
import { ProblemBox } from '../ui/problem-box.tsx';
import { Steps } from '../ui/steps.tsx';
import { CodeEntry } from './code-entry.tsx';
import { Countdown } from './countdown.tsx';
import { QrCode } from './qr-code.tsx';
import { type ScanUse, useScan } from './use-scan.ts';
import './phone.css';

knowErrors({ ...PHONE_ERRORS, ...SCAN_ERRORS });

/** 标证通扫码: the code, how far the phone is, and what to do when it ends otherwise. */
export function ScanPanel(use: ScanUse) {
  const t = useTexts(phone);
  const { view, renew, show } = useScan(use);
  const again = (
    <Button kind="primary" icon="refresh" onClick={renew}>
      {t.renew}
    </Button>
  );
  if (view.at === 'opening') return <Skeleton lines={3} tall />;
  if (view.at === 'failed') return <ProblemBox error={view.error} actions={again} />;
  const { scan, url, deadline } = view;
  return (
    <section className="scan-panel" aria-label={t.title}>
      <Steps label={t.progress} steps={[t.waiting, t.scanned, t.confirmed]} at={STEP[scan.state] ?? 0} />
      {scan.problem ? (
        <ProblemBox error={problemOf(scan.problem)} actions={again} />
      ) : (
        <>
          <div className="scan-stage">
            {scan.state === 'WAITING' ? (
              <QrCode text={url} label={t.qr} />
            ) : (
              <ScanState scan={scan} onChecked={(next) => show(next, url)} />
            )}
          </div>
          <p role="status" className="scan-state">
            {t.states[scan.state]}
          </p>
          {scan.remainingMs > 0 ? <Countdown key={scan.version} deadline={deadline} /> : null}
          {scan.state === 'WAITING' ? <SameDevice url={url} /> : null}
        </>
      )}
    </section>
  );
}

const STEP: Partial<Record<ScanSession['state'], number>> = { SCANNED: 1, READY: 1, CONFIRMED: 2, DONE: 3 };

const problemOf = ({ code, message, hint }: NonNullable<ScanSession['problem']>): ProblemError =>
  new ProblemError({
    type: 'about:blank',
    title: message,
    status: 409,
    code,
    retry: 'corrected',
    ...(hint === undefined ? {} : { hint }),
  });

type ScanStateProps = { scan: ScanSession; onChecked: (scan: ScanSession) => void };

function ScanState({ scan, onChecked }: ScanStateProps) {
  if (scan.state === 'SCANNED' && scan.codeNeeded) return <CodeEntry scan={scan} onChecked={onChecked} />;
  return (
    <span className={scan.state === 'DONE' ? 'scan-sign scan-sign-done' : 'scan-sign'} aria-hidden="true">
      <Icon name={scan.state === 'DONE' ? 'check' : 'mobile'} size={72} />
    </span>
  );
}

function SameDevice({ url }: { url: string }) {
  const t = useTexts(phone);
  return (
    <div className="scan-foot">
      <p className="faint">{t.how}</p>
      <ButtonAnchor kind="quiet" icon="mobile" href={url} newTab>
        {t.sameDevice}
      </ButtonAnchor>
      <ButtonLink kind="quiet" icon="download" to="/downloads" hash="phone">
        {t.app.get}
      </ButtonLink>
    </div>
  );
}
