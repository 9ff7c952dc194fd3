import type { RecordItem } from '@hufu/contracts';
import { today } from '../../format/dates.ts';
import { useTexts } from '../../i18n/language.tsx';
import { records } from '../../i18n/records.ts';
import { Status } from '../../ui/status.tsx';

const SOON = 60;

/** Beside a last day: that it has passed, or how near it is. */
export function ExpiryMark({ row, ended }: { row: RecordItem; ended: boolean }) {
  const t = useTexts(records).list;
  if (row.expiresOn === null || ended) return null;
  const days = Math.round((Date.parse(row.expiresOn) - Date.parse(today())) / 86_400_000);
  if (days > SOON) return null;
  return (
    <span className="expiry-mark">
      <Status tone={days < 0 ? 'bad' : 'attention'}>{days < 0 ? t.expired : t.expires(days)}</Status>
    </span>
  );
}
