import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { readSheet } from '../../../src/infra/sheets/read-sheet.ts';
import { writeCsv } from '../../../src/infra/sheets/write-csv.ts';
import { writeXlsx } from '../../../src/infra/sheets/write-xlsx.ts';

const LIMITS = { rows: 100, columns: 20 };

async function* each<T>(...items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

async function gathered(parts: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const part of parts) all.push(part);
  return new Uint8Array(Buffer.concat(all));
}

const workbook = (rows: AsyncIterable<readonly string[]>, columns = 3) =>
  gathered(
    writeXlsx([
      {
        name: '表',
        columns: Array.from({ length: columns }, (_, at) => ({ heading: `列${at}`, width: 10 })),
        rows,
      },
    ]),
  );

/** A workbook of one sheet whose parts a test writes itself. */
const crafted = (sheet: string, more: Record<string, string> = {}) =>
  zipSync(
    Object.fromEntries(
      Object.entries({
        'xl/workbook.xml':
          '<workbook xmlns:r="x"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
        'xl/_rels/workbook.xml.rels':
          '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
        'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${sheet}</sheetData></worksheet>`,
        ...more,
      }).map(([name, text]) => [name, strToU8(text)]),
    ),
  );

const cells = async (bytes: Uint8Array) =>
  (await readSheet(bytes, LIMITS)).map(({ number, cells: row }) => [
    number,
    [...row.values()].map(({ text }) => text),
  ]);

test('what is written is read again, text of any kind', async () => {
  const row = ['中文 & <标签> "引号"', '=1+1', ' 000123 '];
  expect(await cells(await workbook(each(row)))).toEqual([
    [1, ['列0', '列1', '列2']],
    [2, ['中文 & <标签> "引号"', '=1+1', '000123']],
  ]);
});

test('characters that XML does not know are left out, not written', async () => {
  const bytes = await workbook(each(['a\u0000b\u001fc\ufffe', '\ud800x', '😀']));
  expect((await cells(bytes))[1]).toEqual([2, ['abc', 'x', '😀']]);
});

test('days are days, whatever the format of the cell; numbers lose no digit unsaid', async () => {
  const styles =
    '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/>' +
    '<numFmt numFmtId="171" formatCode="[Red]0.00&quot;d&quot;"/></numFmts>' +
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs></styleSheet>';
  const sheet =
    '<row r="3"><c r="A3" s="1"><v>45292</v></c><c r="B3" s="2"><v>45292.75</v></c><c r="C3" s="3"><v>45292</v></c>' +
    '<c r="D3"><v>0.30000000000000004</v></c><c r="E3"><v>6.2220012345678901E+18</v></c><c r="F3" t="b"><v>1</v></c>' +
    '<c r="G3" t="e"><v>#REF!</v></c><c r="H3" t="str"><f>A1</f><v>公式的结果</v></c></row>';
  const [row] = await readSheet(crafted(sheet, { 'xl/styles.xml': styles }), LIMITS);
  expect(row!.number).toBe(3);
  expect([...row!.cells.values()].map(({ text, kind }) => [text, kind])).toEqual([
    ['2024-01-01', 'date'],
    ['2024-01-01', 'date'],
    ['45292', 'number'],
    ['0.3', 'number'],
    [expect.any(String), 'inexact'],
    ['是', 'boolean'],
    ['#REF!', 'error'],
    ['公式的结果', 'text'],
  ]);
});

test('of shared strings the text is read, not the reading aids beside it', async () => {
  const strings =
    '<sst><si><r><t>南</t></r><r><t>京</t></r><rPh sb="0" eb="1"><t>nan</t></rPh></si><si><t xml:space="preserve"> b </t></si></sst>';
  const sheet = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row>';
  const [row] = await readSheet(crafted(sheet, { 'xl/sharedStrings.xml': strings }), LIMITS);
  expect([...row!.cells]).toEqual([
    [0, { text: '南京', kind: 'text' }],
    [2, { text: 'b', kind: 'text' }],
  ]);
});

const hostile: readonly (readonly [string, () => Uint8Array, string])[] = [
  [
    'entities that multiply',
    () =>
      crafted('<row r="1"/>', {
        'xl/workbook.xml':
          '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><workbook><sheets><sheet name="&b;"/></sheets></workbook>',
      }),
    'SHEET_FILE',
  ],
  [
    'an entity that reads a file',
    () =>
      crafted('<row r="1"/>', {
        'xl/sharedStrings.xml':
          '<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><sst><si><t>&x;</t></si></sst>',
      }),
    'SHEET_FILE',
  ],
  ['a macro', () => crafted('<row r="1"/>', { 'xl/vbaProject.bin': 'x' }), 'SHEET_FILE'],
  [
    'a sheet that lies outside',
    () =>
      crafted('<row r="1"/>', {
        'xl/_rels/workbook.xml.rels':
          '<Relationships><Relationship Id="r1" Target="https://example.com/s.xml" TargetMode="External"/></Relationships>',
      }),
    'SHEET_FILE',
  ],
  ['a column without end', () => crafted('<row r="1"><c r="XFD1"><v>1</v></c></row>'), 'SHEET_TOO_LARGE'],
  ['rows that go backwards', () => crafted('<row r="5"/><row r="2"/>'), 'SHEET_FILE'],
  [
    'a shared string that is not there',
    () => crafted('<row r="1"><c t="s"><v>7</v></c></row>'),
    'SHEET_FILE',
  ],
  ['a file cut in half', () => crafted('<row r="1"/>').subarray(0, 200), 'SHEET_FILE'],
];

test.each(hostile)('%s is refused', async (_name, bytes, code) => {
  await expect(readSheet(bytes(), LIMITS)).rejects.toMatchObject({ code });
});

test('a zip bomb is refused before it is inflated: by what it claims, and by what it may fill', async () => {
  const honest = zipSync({ 'xl/workbook.xml': new Uint8Array(2 * 1024 * 1024) }, { level: 9 });
  await expect(readSheet(honest, LIMITS)).rejects.toMatchObject({ code: 'SHEET_TOO_LARGE' });
  // One that claims to be small: no more is inflated than it claims.
  const liar = zipSync({ 'xl/workbook.xml': new Uint8Array(2 * 1024 * 1024) }, { level: 9 });
  const view = new DataView(liar.buffer);
  for (let at = 0; at < liar.length - 4; at += 1) {
    if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 1000, true);
  }
  await expect(readSheet(liar, LIMITS)).rejects.toMatchObject({ code: 'SHEET_FILE' });
});

test('as many rows as there are: memory does not grow with them', async () => {
  async function* many() {
    for (let at = 0; at < 20_000; at += 1) yield [`${at}`, '江苏省南京市', 'x'.repeat(60)];
  }
  let largest = 0;
  let size = 0;
  for await (const part of writeXlsx([{ name: 'a', columns: [{ heading: 'h', width: 9 }], rows: many() }])) {
    largest = Math.max(largest, part.length);
    size += part.length;
  }
  expect(size).toBeGreaterThan(largest * 3);
});

test('options are offered by a hidden sheet', async () => {
  const columns = [{ heading: '是否', width: 8, options: ['是', '否'] }];
  const parts = unzipSync(await gathered(writeXlsx([{ name: 'a', columns, rows: each<string[]>() }])));
  expect(strFromU8(parts['xl/worksheets/sheet1.xml']!)).toContain('<formula1>options!$A$1:$A$2</formula1>');
  expect(strFromU8(parts['xl/workbook.xml']!)).toContain('state="hidden"');
});

test('CSV as spreadsheets in China write it: GB 18030, tabs, quotes over lines', async () => {
  // 「名称」 in GB 18030.
  const gb = new Uint8Array([0xc3, 0xfb, 0xb3, 0xc6, 0x2c, 0x61, 0x0d, 0x0a, 0x31, 0x2c, 0x32]);
  expect(await cells(gb)).toEqual([
    [1, ['名称', 'a']],
    [2, ['1', '2']],
  ]);
  expect(await cells(strToU8('\uFEFFa\tb\n"x\ny"\t2'))).toEqual([
    [1, ['a', 'b']],
    [2, ['x\ny', '2']],
  ]);
});

test('CSV: formulas are disarmed, numbers are not touched', async () => {
  const bytes = await gathered(writeCsv(['a'], each(['=1', '-5.20', '+86', '-a', '@x', 'a,"b"'])));
  const text = Buffer.from(bytes).toString();
  expect(text).toBe(`\uFEFFa\r\n'=1,-5.20,+86,'-a,'@x,"a,""b"""\r\n`);
});
