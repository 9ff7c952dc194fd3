import { Zip, ZipDeflate } from 'fflate';

export type XlsxColumn = {
  readonly heading: string;
  /** Characters. */
  readonly width: number;
  /** Cells below may hold one of these only; offered as a list by the spreadsheet. */
  readonly options?: readonly string[];
  /** Marked as one that must be filled. */
  readonly required?: boolean;
};

export type XlsxSheet = {
  readonly name: string;
  readonly columns: readonly XlsxColumn[];
  /** Every cell is text, so that no digit of an account number is lost and no formula can arise. */
  readonly rows: AsyncIterable<readonly string[]>;
};

const BATCH = 32_768;
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
/** Rows below the headings for which a list of options is offered. */
const LISTED_ROWS = 10_001;

/** A workbook (ECMA-376), as it arises: memory does not grow with the rows. The sheet of options is added at the end. */
export async function* writeXlsx(sheets: readonly XlsxSheet[]): AsyncGenerator<Uint8Array> {
  const out: Uint8Array[] = [];
  const zip = new Zip((error, bytes) => {
    if (error) throw error;
    if (bytes.length > 0) out.push(bytes);
  });
  const part = (name: string) => {
    const entry = new ZipDeflate(name, { level: 6 });
    // One time for all parts: the same rows give the same file.
    entry.mtime = new Date(1980, 0, 1);
    zip.add(entry);
    return entry;
  };
  const whole = (name: string, text: string) => part(name).push(Buffer.from(HEAD + text), true);
  const options = optionSheet(sheets);
  const names = [...sheets.map(({ name }) => name), ...(options === undefined ? [] : [OPTIONS])];
  whole('[Content_Types].xml', contentTypes(names.length));
  whole('_rels/.rels', rootRelations());
  whole('xl/workbook.xml', workbook(names, options !== undefined));
  whole('xl/_rels/workbook.xml.rels', workbookRelations(names.length));
  whole('xl/styles.xml', STYLES);
  yield* out.splice(0);
  for (const [at, sheet] of sheets.entries()) {
    const entry = part(`xl/worksheets/sheet${at + 1}.xml`);
    let text = HEAD + opening(sheet.columns);
    let number = 1;
    for await (const cells of sheet.rows) {
      number += 1;
      text += row(number, cells);
      if (text.length < BATCH) continue;
      entry.push(Buffer.from(text));
      text = '';
      yield* out.splice(0);
    }
    entry.push(Buffer.from(text + closing(sheet.columns, options)), true);
    yield* out.splice(0);
  }
  if (options !== undefined) whole(`xl/worksheets/sheet${names.length}.xml`, options.xml);
  zip.end();
  yield* out.splice(0);
}

const escaped = (text: string): string =>
  text
    // XML 1.0 §2.2: these have no place in a document.
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

/** 0 → A, 27 → AB. */
export function columnLetters(column: number): string {
  const rest = Math.floor(column / 26);
  const letter = String.fromCharCode(65 + (column % 26));
  return rest === 0 ? letter : columnLetters(rest - 1) + letter;
}

/** Style 1: heading, 2: heading that must be filled, 3: text. */
const cell = (reference: string, text: string, style: number): string =>
  text === ''
    ? ''
    : `<c r="${reference}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;

const row = (number: number, cells: readonly string[]): string =>
  `<row r="${number}">${cells.map((text, at) => cell(columnLetters(at) + number, text, 3)).join('')}</row>`;

function opening(columns: readonly XlsxColumn[]): string {
  const widths = columns
    .map(
      ({ width }, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" style="3" customWidth="1"/>`,
    )
    .join('');
  const headings = columns
    .map(({ heading, required }, at) => cell(`${columnLetters(at)}1`, heading, required ? 2 : 1))
    .join('');
  return (
    `<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0">` +
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>' +
    `<cols>${widths}</cols><sheetData><row r="1">${headings}</row>`
  );
}

type Options = { readonly xml: string; readonly ranges: ReadonlyMap<XlsxColumn, string> };
const OPTIONS = 'options';

/** Options stand on a hidden sheet: a list inside a rule may have 255 characters only. */
function optionSheet(sheets: readonly XlsxSheet[]): Options | undefined {
  const lists = sheets.flatMap(({ columns }) => columns).filter(({ options }) => options !== undefined);
  if (lists.length === 0) return undefined;
  const ranges = new Map<XlsxColumn, string>();
  const longest = Math.max(...lists.map(({ options = [] }) => options.length));
  for (const [at, column] of lists.entries()) {
    const letters = columnLetters(at);
    ranges.set(column, `${OPTIONS}!$${letters}$1:$${letters}$${column.options?.length ?? 1}`);
  }
  let rows = '';
  for (let at = 0; at < longest; at += 1) {
    rows += row(
      at + 1,
      lists.map(({ options = [] }) => options[at] ?? ''),
    );
  }
  return { xml: `<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData></worksheet>`, ranges };
}

function closing(columns: readonly XlsxColumn[], options: Options | undefined): string {
  const rules = columns.flatMap((column, at) => {
    const range = options?.ranges.get(column);
    if (range === undefined) return [];
    const letters = columnLetters(at);
    return (
      '<dataValidation type="list" allowBlank="1" showErrorMessage="1" ' +
      `sqref="${letters}2:${letters}${LISTED_ROWS}"><formula1>${range}</formula1></dataValidation>`
    );
  });
  const validations =
    rules.length === 0 ? '' : `<dataValidations count="${rules.length}">${rules.join('')}</dataValidations>`;
  return `</sheetData>${validations}</worksheet>`;
}

const contentTypes = (sheets: number): string => {
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  const parts = Array.from(
    { length: sheets },
    (_, at) => `<Override PartName="/xl/worksheets/sheet${at + 1}.xml" ContentType="${type}.worksheet+xml"/>`,
  );
  return (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">' +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    '<Default Extension="xml" ContentType="application/xml"/>' +
    `<Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/>` +
    `<Override PartName="/xl/styles.xml" ContentType="${type}.styles+xml"/>${parts.join('')}</Types>`
  );
};

const relationships = (inner: string): string =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${inner}</Relationships>`;

const rootRelations = (): string =>
  relationships(`<Relationship Id="r1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/>`);

const workbookRelations = (sheets: number): string =>
  relationships(
    `${Array.from(
      { length: sheets },
      (_, at) =>
        `<Relationship Id="r${at + 1}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`,
    ).join('')}<Relationship Id="styles" Type="${RELATIONS}/styles" Target="styles.xml"/>`,
  );

const workbook = (names: readonly string[], lastIsHidden: boolean): string => {
  const sheets = names.map((name, at) => {
    const hidden = lastIsHidden && at === names.length - 1 ? ' state="hidden"' : '';
    return `<sheet name="${escaped(name)}" sheetId="${at + 1}"${hidden} r:id="r${at + 1}"/>`;
  });
  return `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${sheets.join('')}</sheets></workbook>`;
};

const fill = (colour: string): string =>
  `<fill><patternFill patternType="solid"><fgColor rgb="${colour}"/></patternFill></fill>`;

/** Format 49 is text. */
const STYLES =
  `<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/></font><font><b/><sz val="11"/></font></fonts>` +
  '<fills count="4"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>' +
  `${fill('FFE7EEEC')}${fill('FFF3E6CF')}</fills><borders count="1"><border/></borders>` +
  '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf/>' +
  '<xf numFmtId="49" fontId="1" fillId="2" applyFont="1" applyFill="1" applyNumberFormat="1"/>' +
  '<xf numFmtId="49" fontId="1" fillId="3" applyFont="1" applyFill="1" applyNumberFormat="1"/>' +
  '<xf numFmtId="49" applyNumberFormat="1"/></cellXfs></styleSheet>';
