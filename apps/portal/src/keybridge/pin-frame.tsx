import type { KeyBridge, MountFrame } from '@hufu/keybridge-client';
import { useEffect, useRef, useState } from 'react';
import { type ProblemError, toProblem } from '../api/problem.ts';
import { useTexts } from '../i18n/language.tsx';
import { login } from '../i18n/login.ts';
import { Button } from '../ui/button.tsx';
import { ProblemBox } from '../ui/problem-box.tsx';
import { mountIn, useBridge } from './bridge.ts';

export type Asking = { readonly bridge: KeyBridge; readonly mount: MountFrame; readonly signal: AbortSignal };

/**
 * The password field of the key, which belongs to the certificate assistant (HUB-050). `ask` starts one operation of
 * the key and ends with it; it is asked anew when it changes, and when the user tries again.
 */
export function PinFrame({ ask }: { ask: (asking: Asking) => Promise<void> }) {
  const t = useTexts(login);
  const bridge = useBridge();
  const host = useRef<HTMLDivElement>(null);
  const [tries, setTries] = useState(0);
  const [error, setError] = useState<ProblemError>();

  // biome-ignore lint/correctness/useExhaustiveDependencies: another try starts the operation anew
  useEffect(() => {
    const frame = host.current;
    if (bridge === undefined || frame === null) return;
    const stop = new AbortController();
    setError(undefined);
    ask({ bridge, mount: mountIn(frame), signal: stop.signal }).catch((cause: unknown) => {
      if (!stop.signal.aborted) setError(toProblem(cause));
    });
    return () => stop.abort();
  }, [ask, bridge, tries]);

  return (
    <section className="pin-panel" aria-label={t.pinTitle}>
      <div ref={host} className={error ? 'pin-host pin-host-closed' : 'pin-host'} />
      {error ? (
        <ProblemBox
          error={error}
          actions={
            error.problem.retry === 'never' ? null : (
              <Button kind="primary" icon="refresh" onClick={() => setTries(tries + 1)}>
                {t.retry}
              </Button>
            )
          }
        />
      ) : (
        <p className="faint">{t.pinNote}</p>
      )}
    </section>
  );
}
