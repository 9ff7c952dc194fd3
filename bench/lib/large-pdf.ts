import { createHash } from 'node:crypto';

/** Bytes that do not compress, the same every time: scanned pages. */
function noise(length: number, seed: number): Buffer {
  const out = Buffer.alloc(length);
  const block = createHash('sha512').update(`${seed}`).digest();
  for (let at = 0; at < length; at += 4096) {
    const part = createHash('sha512').update(block).update(`${at}`).digest();
    for (let i = at; i < Math.min(at + 4096, length); i += 64) part.copy(out, i, 0, Math.min(64, length - i));
  }
  return out;
}

/** A PDF of A4 pages with a picture of that many octets each and a line of text, found through a table. */
export function pdfOfPages(pages: number, octetsPerPage: number): Buffer {
  const parts: Buffer[] = [];
  const offsets: number[] = [];
  let length = 0;
  const push = (part: Buffer): void => {
    parts.push(part);
    length += part.length;
  };
  const object = (head: string, data?: Buffer): void => {
    offsets.push(length);
    push(Buffer.from(`${offsets.length} 0 obj\n${head}`));
    if (data !== undefined) {
      push(Buffer.from('\nstream\n'));
      push(data);
      push(Buffer.from('\nendstream'));
    }
    push(Buffer.from('\nendobj\n'));
  };
  push(Buffer.from('%PDF-1.7\n'));
  object('<</Type/Catalog/Pages 2 0 R>>');
  const kids = Array.from({ length: pages }, (_, i) => `${4 + 3 * i} 0 R`).join(' ');
  object(`<</Type/Pages/Count ${pages}/Kids[${kids}]>>`);
  object('<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>');
  const width = Math.max(1, Math.floor(octetsPerPage / 100));
  for (let i = 0; i < pages; i++) {
    const [content, picture] = [5 + 3 * i, 6 + 3 * i];
    const resources = `<</Font<</F 3 0 R>>/XObject<</P ${picture} 0 R>>>>`;
    object(`<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources${resources}/Contents ${content} 0 R>>`);
    const drawing = Buffer.from(
      `q 400 0 0 500 90 200 cm /P Do Q BT /F 12 Tf 90 760 Td (Page ${i + 1}) Tj ET`,
    );
    object(`<</Length ${drawing.length}>>`, drawing);
    const pixels = noise(100 * width, i);
    const kind = `/Type/XObject/Subtype/Image/Width ${width}/Height 100/ColorSpace/DeviceGray/BitsPerComponent 8`;
    object(`<<${kind}/Length ${pixels.length}>>`, pixels);
  }
  const table = length;
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = offsets.length + 1;
  const trailer = `trailer\n<</Root 1 0 R/Size ${size}>>\nstartxref\n${table}\n%%EOF\n`;
  push(Buffer.from(`xref\n0 ${size}\n0000000000 65535 f \n${rows}${trailer}`));
  return Buffer.concat(parts);
}
