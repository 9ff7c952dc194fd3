import type { DeskRaOrder, DeskRaRow, RaState } from '@hufu/contracts';
import { useEffect, useState } from 'react';
import { minute } from '../../format/dates.ts';
import { useTexts } from '../../i18n/language.tsx';
import { ra } from '../../i18n/ra.ts';
import { Status, type Tone } from '../../ui/status.tsx';

const TONES: Readonly<Record<RaState, Tone>> = {
  DRAFT: 'idle',
  UNDER_REVIEW: 'busy',
  RETURNED: 'attention',
  TO_PAY: 'idle',
  TO_DOWNLOAD: 'idle',
  EFFECTIVE: 'good',
  RECEIVED: 'busy',
  IN_PROCESS: 'busy',
  ISSUED: 'good',
  MAILED: 'good',
  COMPLETED: 'good',
  CANCELLED: 'idle',
};

export function RaStateWord({ state }: { state: RaState }) {
  return <Status tone={TONES[state]}>{useTexts(ra).states[state]}</Status>;
}

const MINUTE = 60_000;

/** Now, told again twice a minute. */
function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), MINUTE / 2);
    return () => clearInterval(timer);
  }, []);
  return now;
}

type Clocked = Pick<DeskRaRow | DeskRaOrder, 'dueAt' | 'finishedAt' | 'onTime' | 'stopped'>;

/** CA-021, CA-022: how much time is left, or how it ended. */
export function RaClock({ order }: { order: Clocked }) {
  const t = useTexts(ra);
  const now = useNow();
  if (order.onTime !== null) {
    return <Status tone={order.onTime ? 'good' : 'bad'}>{order.onTime ? t.onTime : t.late}</Status>;
  }
  if (order.stopped) return <Status tone="idle">{t.stopped}</Status>;
  if (order.dueAt === null || order.finishedAt !== null) return null;
  const left = Math.ceil((Date.parse(order.dueAt) - now) / MINUTE);
  return (
    <span className="stack-tight">
      <time dateTime={order.dueAt}>{minute(order.dueAt)}</time>{' '}
      {left < 0 ? (
        <Status tone="bad">{t.overdue}</Status>
      ) : (
        <Status tone={left <= 10 ? 'attention' : 'busy'}>{t.left(spanOf(left, t))}</Status>
      )}
    </span>
  );
}

type Units = { minutes: (n: number) => string; hours: (n: number) => string; days: (n: number) => string };

/** The coarsest unit that says enough. */
function spanOf(minutes: number, units: Units): string {
  if (minutes < 120) return units.minutes(minutes);
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? units.hours(hours) : units.days(Math.floor(hours / 24));
}
