import { concatBytes, toHex, utf8 } from '@hufu/kernel';
import { sealError } from '../errors.ts';
import { latin1 } from './characters.ts';
import { type PdfDict, type PdfString, type PdfValue, pdfDict } from './values.ts';

const LITERAL_ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '(': '\\(',
  ')': '\\)',
  '\r': '\\r',
  '\n': '\\n',
};

function writeName(name: string): string {
  const escaped = name.replace(/[^!-~]|[#()<>[\]{}/%]/g, (character) => {
    const code = character.charCodeAt(0);
    if (code === 0 || code > 0xff) throw sealError('PDF_STRUCTURE', { of: 'name' });
    return `#${code.toString(16).padStart(2, '0')}`;
  });
  return `/${escaped}`;
}

function writeNumber(value: number): string {
  if (!Number.isFinite(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER) {
    throw sealError('PDF_STRUCTURE', { of: 'number' });
  }
  // §7.3.3 has no exponents. All digits are kept: a copied page must say exactly what the page said.
  const shortest = String(value === 0 ? 0 : value);
  return shortest.includes('e')
    ? value
        .toFixed(20)
        .replace(/\.?0+$/, '')
        .replace(/^-0$/, '0')
    : shortest;
}

const writeString = ({ bytes, hex }: PdfString): string =>
  hex ? `<${toHex(bytes)}>` : `(${latin1(bytes).replace(/[\\()\r\n]/g, (c) => LITERAL_ESCAPES[c]!)})`;

const writeDict = (dict: PdfDict): string =>
  `<<${[...dict.entries].map(([key, value]) => `${writeName(key)} ${writeDirect(value)}`).join('\n')}>>`;

function writeDirect(value: PdfValue): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return writeNumber(value);
  switch (value.kind) {
    case 'name':
      return writeName(value.name);
    case 'string':
      return writeString(value);
    case 'ref':
      return `${value.num} ${value.gen} R`;
    case 'array':
      return `[${value.items.map(writeDirect).join(' ')}]`;
    case 'dict':
      return writeDict(value);
    case 'stream':
      // §7.3.8: every stream is an indirect object.
      throw sealError('PDF_STRUCTURE', { of: 'stream' });
  }
}

function latin1Bytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/**
 * One value as it stands in a file (ISO 32000-2 §7.3), without `obj` and `endobj`. A stream's Length becomes that of
 * its data; real numbers keep all their digits. @throws PDF_STRUCTURE for what has no written form
 */
export function writeObject(value: PdfValue): Uint8Array {
  if (typeof value !== 'object' || value === null || value.kind !== 'stream') {
    return latin1Bytes(writeDirect(value));
  }
  const dict = pdfDict(new Map<string, PdfValue>([...value.dict.entries, ['Length', value.data.length]]));
  return concatBytes(latin1Bytes(`${writeDict(dict)}\nstream\n`), value.data, utf8('\nendstream'));
}
