import { useEffect, useState } from 'react';

/** Whole seconds left until an instant, 0 afterwards; counts by itself. */
export function useSecondsUntil(instant: string | undefined): number {
  const [now, setNow] = useState(() => Date.now());
  const left = instant === undefined ? 0 : Math.max(0, Math.ceil((Date.parse(instant) - now) / 1000));
  const counting = left > 0;
  useEffect(() => {
    setNow(Date.now());
    if (instant === undefined) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [instant]);
  return counting ? left : 0;
}
