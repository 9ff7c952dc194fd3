import type { Language } from '../i18n/language.tsx';

/** Business time is Asia/Shanghai wherever the reader sits (GEN-010). */
const ZONE = 'Asia/Shanghai';

const parts = (instant: string, options: Intl.DateTimeFormatOptions): Record<string, string> =>
  Object.fromEntries(
    new Intl.DateTimeFormat('en-CA', { timeZone: ZONE, hourCycle: 'h23', ...options })
      .formatToParts(new Date(instant))
      .map(({ type, value }) => [type, value]),
  );

/** 2026-11-20 */
export function day(instant: string): string {
  const p = parts(instant, { year: 'numeric', month: '2-digit', day: '2-digit' });
  return `${p['year']}-${p['month']}-${p['day']}`;
}

/** 2026-11-20 17:29 */
export function minute(instant: string): string {
  const p = parts(instant, { hour: '2-digit', minute: '2-digit' });
  return `${day(instant)} ${p['hour']}:${p['minute']}`;
}

/** 2026-11-20 17:29:05 */
export function second(instant: string): string {
  const p = parts(instant, { second: '2-digit' });
  return `${minute(instant)}:${(p['second'] ?? '').padStart(2, '0')}`;
}

/** 17:29 */
export function clockTime(instant: string): string {
  const p = parts(instant, { hour: '2-digit', minute: '2-digit' });
  return `${p['hour']}:${p['minute']}`;
}

const DAY = 86_400_000;

/** Whole days from one instant to another, rounded down; negative when `to` lies before `from`. */
export function daysBetween(from: number, to: number): number {
  return Math.floor((to - from) / DAY);
}

/** 3天前 / 3 days ago; the coarsest unit that is not zero. */
export function ago(instant: string, now: number, language: Language): string {
  const seconds = Math.round((Date.parse(instant) - now) / 1000);
  const format = new Intl.RelativeTimeFormat(language === 'zh' ? 'zh-CN' : 'en', { numeric: 'auto' });
  const size = Math.abs(seconds);
  if (size < 60) return format.format(seconds, 'second');
  if (size < 3600) return format.format(Math.trunc(seconds / 60), 'minute');
  if (size < 86_400) return format.format(Math.trunc(seconds / 3600), 'hour');
  return format.format(Math.trunc(seconds / 86_400), 'day');
}

/** Shanghai's day, 2026-11-20. */
export const today = (): string => day(new Date().toISOString());
