import { useEffect, useState } from 'react';
import { useTexts } from '../i18n/language.tsx';
import { phone } from '../i18n/phone.ts';

/** @param deadline on the page's monotonic clock, ms */
export function Countdown({ deadline }: { deadline: number }) {
  const t = useTexts(phone);
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 500);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.ceil((deadline - now) / 1000));
  // Not announced: a screen reader would speak every second. The end of the time is.
  return (
    <p className="faint scan-left" role="timer" aria-live="off">
      {t.left(seconds)}
    </p>
  );
}
