import { concatBytes, utf8 } from '@hufu/kernel';

export type RawPage = {
  readonly mediaBox?: readonly number[];
  readonly cropBox?: readonly number[];
  readonly rotate?: number;
  readonly userUnit?: number;
  /** Further entries of the page, as they stand in the file. */
  readonly extra?: string;
};

export type RawPdf = {
  readonly pages?: readonly RawPage[];
  /** How objects are found; `table` when absent. A hybrid file hides its catalog in an object stream. */
  readonly xref?: 'table' | 'stream' | 'hybrid';
  /** Further entries of the catalog and the trailer. */
  readonly catalog?: string;
  readonly trailer?: string;
  /** Further objects, numbered from 100 on. */
  readonly objects?: readonly string[];
  readonly lastNewline?: boolean;
};

const A4 = [0, 0, 595.276, 841.89];
const FIRST_PAGE = 10;
const FIRST_EXTRA = 100;
const OBJECT_STREAM = 4;
const XREF_STREAM = 5;

const box = (name: string, values: readonly number[] | undefined): string =>
  values === undefined ? '' : `/${name}[${values.join(' ')}]`;

const stream = (data: string, entries = ''): string =>
  `<</Length ${data.length}${entries}>>\nstream\n${data}\nendstream`;

/** Objects by number: catalog 1, pages 2, font 3, page and content from 10 on. */
function objectsOf({ pages = [{}], catalog = '', objects = [] }: RawPdf): Map<number, string> {
  const found = new Map<number, string>();
  const kids = pages.map((_, i) => `${FIRST_PAGE + 2 * i} 0 R`).join(' ');
  found.set(1, `<</Type/Catalog/Pages 2 0 R${catalog}>>`);
  found.set(2, `<</Type/Pages/Count ${pages.length}/Kids[${kids}]>>`);
  found.set(3, '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>');
  pages.forEach((page, i) => {
    const [num, media] = [FIRST_PAGE + 2 * i, page.mediaBox ?? A4];
    const options = `${box('CropBox', page.cropBox)}${page.rotate === undefined ? '' : `/Rotate ${page.rotate}`}${page.userUnit === undefined ? '' : `/UserUnit ${page.userUnit}`}${page.extra ?? ''}`;
    const resources = '/Resources<</Font<</F1 3 0 R>>>>';
    found.set(
      num,
      `<</Type/Page/Parent 2 0 R${box('MediaBox', media)}${options}${resources}/Contents ${num + 1} 0 R>>`,
    );
    found.set(num + 1, stream(`BT /F1 24 Tf ${media[0]! + 100} ${media[1]! + 300} Td (Page ${i + 1}) Tj ET`));
  });
  objects.forEach((value, i) => {
    found.set(FIRST_EXTRA + i, value);
  });
  return found;
}

type Written = { readonly parts: Uint8Array[]; readonly offsets: Map<number, number>; length: number };

function write(objects: Iterable<[number, string]>): Written {
  const written: Written = { parts: [], offsets: new Map(), length: 0 };
  append(written, '%PDF-1.7\n%\u00e2\u00e3\n');
  for (const [num, value] of objects) {
    written.offsets.set(num, written.length);
    append(written, `${num} 0 obj\n${value}\nendobj\n`);
  }
  return written;
}

function append(written: Written, text: string): void {
  const bytes = utf8(text);
  written.parts.push(bytes);
  written.length += bytes.length;
}

const digits = (value: number, width: number): string => String(value).padStart(width, '0');

function table({ offsets }: Written): string {
  const rows = [...offsets].map(([num, at]) => `${num} 1\n${digits(at, 10)} 00000 n \n`);
  return `xref\n0 1\n0000000000 65535 f \n${rows.join('')}`;
}

/** Rows of W [1 4 2] as hexadecimal, so that the file stays text. */
function rowsHex(rows: readonly (readonly [kind: number, a: number, b: number])[]): string {
  const hex = (value: number, width: number) => value.toString(16).padStart(2 * width, '0');
  return rows.map(([kind, a, b]) => hex(kind, 1) + hex(a, 4) + hex(b, 2)).join('');
}

const objectStream = (objects: readonly (readonly [number, string])[]): string => {
  let at = 0;
  const header = objects.map(([num, value]) => {
    const place = `${num} ${at}`;
    at += value.length + 1;
    return place;
  });
  const head = `${header.join(' ')} `;
  return stream(
    `${head}${objects.map(([, value]) => value).join('\n')}\n`,
    `/Type/ObjStm/N ${objects.length}/First ${head.length}`,
  );
};

function xrefStream(written: Written, size: number, hidden: readonly number[], trailer: string): string {
  const rows = [...written.offsets].map(([num, at]) => [num, [1, at, 0]] as const);
  const packed = hidden.map((num, i) => [num, [2, OBJECT_STREAM, i]] as const);
  const all = [...rows, ...packed, [XREF_STREAM, [1, written.length, 0]] as const].sort(([a], [b]) => a - b);
  const index = all.map(([num]) => `${num} 1`).join(' ');
  const data = `${rowsHex(all.map(([, row]) => row))}>`;
  return stream(data, `/Type/XRef/Filter/ASCIIHexDecode/W[1 4 2]/Index[${index}]/Size ${size}${trailer}`);
}

/** A small PDF with exactly the structure asked for. */
export function rawPdf(spec: RawPdf = {}): Uint8Array {
  const { xref = 'table', lastNewline = true } = spec;
  const objects = objectsOf(spec);
  const size = Math.max(XREF_STREAM, ...objects.keys()) + 1;
  const trailer = `/Root 1 0 R${spec.trailer ?? ''}`;
  const end = (at: number) => `startxref\n${at}\n%%EOF${lastNewline ? '\n' : ''}`;
  if (xref === 'table') {
    const written = write(objects);
    const at = written.length;
    append(written, `${table(written)}trailer\n<<${trailer}/Size ${size}>>\n${end(at)}`);
    return concatBytes(...written.parts);
  }
  const hidden = [1, 2, 3].map((num) => [num, objects.get(num)!] as const);
  const seen = [...objects].filter(([num]) => !hidden.some(([other]) => other === num));
  const written = write([...seen, [OBJECT_STREAM, objectStream(hidden)]]);
  const at = written.length;
  const numbers = hidden.map(([num]) => num);
  append(written, `${XREF_STREAM} 0 obj\n${xrefStream(written, size, numbers, trailer)}\nendobj\n`);
  if (xref === 'stream') {
    append(written, end(at));
    return concatBytes(...written.parts);
  }
  const tableAt = written.length;
  append(written, `${table(written)}trailer\n<<${trailer}/Size ${size}/XRefStm ${at}>>\n${end(tableAt)}`);
  return concatBytes(...written.parts);
}
