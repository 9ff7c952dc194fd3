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
