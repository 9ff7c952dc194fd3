import { PDFDocument, StandardFonts } from '@cantoo/pdf-lib';

/** A4 pages with a line of text each, in a standard font. */
export async function plainPdf(pages = 1, text = 'Commitment letter'): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.Helvetica);
  for (let i = 1; i <= pages; i += 1) {
    const page = document.addPage([595.28, 841.89]);
    page.drawText(`${text}, page ${i}`, { x: 72, y: 760, size: 14, font });
  }
  return document.save({ useObjectStreams: false });
}
