import { utf8 } from '@hufu/kernel';
import { type PdfString, pdfString } from '../pdf/values.ts';

const SHANGHAI_OFFSET_MS = 8 * 3_600_000;

/** Date of ISO 32000-2 §7.9.4 in Beijing time, to the second; milliseconds since the epoch. */
export function pdfDate(at: number): PdfString {
  const digits = new Date(at + SHANGHAI_OFFSET_MS).toISOString().replace(/\D/g, '').slice(0, 14);
  return pdfString(utf8(`D:${digits}+08'00'`), false);
}

/** Text string of §7.9.2.2: ASCII as it is, anything else as UTF-16BE, which every reader knows. */
export function pdfTextString(text: string): PdfString {
  if (/^[\x20-\x7e]*$/.test(text)) return pdfString(utf8(text), false);
  const bytes = new Uint8Array(2 + 2 * text.length);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0xfeff);
  for (let i = 0; i < text.length; i++) view.setUint16(2 + 2 * i, text.charCodeAt(i));
  return pdfString(bytes);
}
