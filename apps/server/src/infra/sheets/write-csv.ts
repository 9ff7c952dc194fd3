/** A byte order mark: without it spreadsheets take UTF-8 for something else. */
const MARK = '\uFEFF';
const BATCH = 16_384;

/**
 * Text that a spreadsheet would run as a formula gets an apostrophe before it (OWASP, CSV injection); numbers stay
 * numbers.
 */
function field(text: string): string {
  const risky = /^[=+\-@\t\r]/.test(text) && !/^[+-]?\d+(\.\d+)?$/.test(text);
  const safe = risky ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A CSV file (RFC 4180), as it arises: memory does not grow with the rows. */
export async function* writeCsv(
  headings: readonly string[],
  rows: AsyncIterable<readonly string[]>,
): AsyncGenerator<Buffer> {
  const line = (cells: readonly string[]) => `${cells.map(field).join(',')}\r\n`;
  let text = MARK + line(headings);
  for await (const row of rows) {
    text += line(row);
    if (text.length < BATCH) continue;
    yield Buffer.from(text);
    text = '';
  }
  if (text !== '') yield Buffer.from(text);
}
