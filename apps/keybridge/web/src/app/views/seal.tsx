import { useEffect, useRef, useState } from 'react';
import { formatMoment } from '../../shared/language.ts';
import { OwnProblem, own } from '../../shared/own-api.ts';
import { useLanguage, useTexts } from '../context.ts';
import { Notice, ProblemNotice } from '../ui/notice.tsx';
import { useLoad } from '../use-load.ts';
import { useTokenChanges } from '../use-token-changes.ts';
import { type CertificateLists, NoCertificate } from './certificates.tsx';
import { RegisteredSeals } from './registered-seals.tsx';

type TestState = {
  readonly state: 'waiting' | 'signing' | 'done' | 'failed';
  readonly result?: { readonly algorithm: string };
  readonly verified?: {
    readonly isValid: boolean;
    readonly signedAt: string;
    readonly signatureBytes: number;
  };
};

type Running = { readonly operationId: string; readonly frameUrl: string; readonly unitName: string };

const WAIT_SECONDS = 25;

/** 签章显示 (AST-008): a test signature, made by the key and verified at once, and the seals that the key may use. */
export function SealView() {
  const { seal: t, loading } = useTexts();
  const language = useLanguage();
  const { data, problem, reload } = useLoad(() => own<CertificateLists>('/certificates'));
  useTokenChanges(() => void reload());
  const [chosen, setChosen] = useState<string>();
  const [running, setRunning] = useState<Running>();
  const [refusal, setRefusal] = useState<OwnProblem>();
  if (data === undefined)
    return problem === undefined ? <p>{loading}</p> : <ProblemNotice problem={problem} />;
  const usable = data.present.filter(({ usage, algorithm }) => usage === 'sign' && algorithm !== undefined);
  const selected = usable.find(({ keyId }) => keyId === chosen) ?? usable[0];

  const start = async (): Promise<void> => {
    if (selected === undefined) return;
    setRefusal(undefined);
    setRunning(undefined);
    try {
      const body = { keyId: selected.keyId, language };
      const started = await own<{ operationId: string; frameUrl: string }>('/test-signatures', body);
      setRunning({ ...started, unitName: selected.unitName });
    } catch (error) {
      if (!(error instanceof OwnProblem)) throw error;
      setRefusal(error);
    }
  };

  return (
    <section className="stack">
      <p>{t.intro}</p>
      {selected === undefined ? (
        <>
          <Notice kind="attention">{t.none}</Notice>
          <NoCertificate />
        </>
      ) : (
        <div className="card stack">
          <div>
            <label htmlFor="seal-key">{t.choose}</label>
            <select id="seal-key" value={selected.keyId} onChange={(event) => setChosen(event.target.value)}>
              {usable.map(({ keyId, unitName, mediaNumber }) => (
                <option key={keyId} value={keyId}>
                  {unitName} · {mediaNumber}
                </option>
              ))}
            </select>
          </div>
          <div className="row">
            <button type="button" className="primary" onClick={() => void start()}>
              {t.start}
            </button>
          </div>
          <ProblemNotice problem={refusal} />
        </div>
      )}
      {running === undefined ? null : <RunningTest key={running.operationId} running={running} />}
    </section>
  );
}

function RunningTest({ running }: { readonly running: Running }) {
  const t = useTexts();
  const [test, setTest] = useState<TestState>({ state: 'waiting' });
  const frame = useRef<HTMLIFrameElement>(null);

  useEffect(() => {
    let isOpen = true;
    const follow = async (): Promise<void> => {
      let state: TestState['state'] = 'waiting';
      while (isOpen && (state === 'waiting' || state === 'signing')) {
        const path = `/test-signatures/${running.operationId}?wait=${WAIT_SECONDS}&after=${state}`;
        const now: TestState = await own<TestState>(path);
        state = now.state;
        if (isOpen) setTest(now);
      }
    };
    // A lost assistant shows in the frame itself.
    follow().catch(() => {});
    const resize = (event: MessageEvent): void => {
      const { type, height } = (event.data ?? {}) as { type?: unknown; height?: unknown };
      const isOurs = event.origin === location.origin && type === 'hufu-keybridge';
      if (isOurs && typeof height === 'number') frame.current?.setAttribute('height', String(height));
    };
    window.addEventListener('message', resize);
    return () => {
      isOpen = false;
      window.removeEventListener('message', resize);
    };
  }, [running.operationId]);

  if (test.state === 'done' && test.verified !== undefined)
    return (
      <>
        <SealResult test={test} unitName={running.unitName} />
        <RegisteredSeals operationId={running.operationId} />
      </>
    );
  return (
    <iframe ref={frame} className="pin-frame" src={running.frameUrl} title={t.views.seal} height="420" />
  );
}

function SealResult({ test, unitName }: { readonly test: TestState; readonly unitName: string }) {
  const { seal: t } = useTexts();
  const { verified } = test;
  if (verified === undefined) return null;
  return (
    <div className="card seal-result">
      <div className={verified.isValid ? 'seal-mark' : 'seal-mark broken'} aria-hidden="true">
        <span>{t.mark}</span>
        <small>{unitName}</small>
      </div>
      <div className="stack-tight">
        <Notice kind={verified.isValid ? 'good' : 'bad'}>{verified.isValid ? t.good : t.bad}</Notice>
        <p>{verified.isValid ? t.goodNote : t.badNote}</p>
        <dl className="facts">
          <dt>{t.algorithm}</dt>
          <dd className="code">{test.result?.algorithm}</dd>
          <dt>{t.at}</dt>
          <dd>{formatMoment(verified.signedAt)}</dd>
          <dt>{t.bytes}</dt>
          <dd>
            {verified.signatureBytes} {t.unit}
          </dd>
        </dl>
      </div>
    </div>
  );
}
