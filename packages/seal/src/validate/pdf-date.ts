import { pdfText } from '../pdf/text.ts';
import { isPdfString, type PdfValue } from '../pdf/values.ts';

const FORM =
  /^D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:(Z)(?:00'?(?:00'?)?)?|([+-])(\d\d)'?(?:(\d\d)'?)?)?$/;

/** A date (ISO 32000-2 §7.9.4) as ms UTC; undefined when it is none. Without a zone it counts as UTC. */
export function readPdfDate(value: PdfValue): number | undefined {
  const parts = isPdfString(value) ? FORM.exec(pdfText(value.bytes)) : null;
  if (parts === null) return undefined;
  const number = (i: number, fallback: number): number =>
    parts[i] === undefined ? fallback : Number(parts[i]);
  const [month, day] = [number(2, 1), number(3, 1)];
  const [hour, minute, second] = [number(4, 0), number(5, 0), number(6, 0)];
  const sound = month >= 1 && month <= 12 && day >= 1 && day <= 31 && hour < 24 && minute < 60 && second < 60;
  if (!sound) return undefined;
  const offset = (number(9, 0) * 60 + number(10, 0)) * (parts[8] === '-' ? -1 : 1);
  return Date.UTC(number(1, 0), month - 1, day, hour, minute - offset, second);
}
