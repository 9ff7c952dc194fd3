import { infraError } from '../errors.ts';
import { readXml } from './xml-events.ts';
import type { ZipEntries } from './zip-entries.ts';

/** What is needed of a workbook to read its first sheet (ECMA-376 part 1, §18). */
export type Workbook = {
  /** Name of the part of the first sheet that is visible. */
  readonly sheet: string;
  readonly strings: readonly string[];
  /** Cell formats, by number, that show a day. */
  readonly dateFormats: ReadonlySet<number>;
  /** Days are counted from 1904. */
  readonly from1904: boolean;
};

const MOST_STRINGS = 500_000;
const MOST_FORMATS = 65_000;

/** @throws SHEET_FILE for files with macros and for what is not a workbook */
export async function openWorkbook(zip: ZipEntries): Promise<Workbook> {
  if ([...zip.names].some((name) => /vbaProject|\/activeX\/|\/embeddings\//i.test(name))) {
    throw infraError('SHEET_FILE');
  }
  const { relation, from1904 } = await firstSheet(zip);
  const relations = await relationsOf(zip);
  const sheet = relations.get(relation);
  if (sheet === undefined) throw infraError('SHEET_FILE');
  return { sheet, from1904, strings: await stringsOf(zip), dateFormats: await dateFormatsOf(zip) };
}

async function firstSheet(zip: ZipEntries): Promise<{ relation: string; from1904: boolean }> {
  let relation: string | undefined;
  let from1904 = false;
  await readXml(zip.read('xl/workbook.xml'), {
    open(name, attributes) {
      if (name === 'workbookPr') from1904 = /^(1|true)$/.test(attributes['date1904'] ?? '');
      if (name !== 'sheet' || relation !== undefined) return;
      if ((attributes['state'] ?? 'visible') !== 'visible') return;
      const key = Object.keys(attributes).find((one) => one.endsWith(':id'));
      relation = key === undefined ? undefined : attributes[key];
    },
  });
  if (relation === undefined) throw infraError('SHEET_FILE');
  return { relation, from1904 };
}

async function relationsOf(zip: ZipEntries): Promise<Map<string, string>> {
  const targets = new Map<string, string>();
  await readXml(zip.read('xl/_rels/workbook.xml.rels'), {
    open(name, attributes) {
      if (name !== 'Relationship' || attributes['TargetMode'] === 'External') return;
      const { Id: id = '', Target: target = '' } = attributes;
      targets.set(id, target.startsWith('/') ? target.slice(1) : `xl/${target}`);
    },
  });
  return targets;
}

/** Text of rich and plain strings; not the reading aids (`rPh`) that stand beside Han characters. */
async function stringsOf(zip: ZipEntries): Promise<string[]> {
  const strings: string[] = [];
  if (!zip.names.has('xl/sharedStrings.xml')) return strings;
  let text = '';
  let inText = false;
  let aside = 0;
  await readXml(zip.read('xl/sharedStrings.xml'), {
    open(name) {
      if (name === 'si') text = '';
      if (name === 'rPh') aside += 1;
      inText = name === 't' && aside === 0;
    },
    text(part) {
      if (inText) text += part;
    },
    close(name) {
      if (name === 'rPh') aside -= 1;
      if (name === 't') inText = false;
      if (name !== 'si') return;
      if (strings.push(text) > MOST_STRINGS) throw infraError('SHEET_TOO_LARGE');
    },
  });
  return strings;
}

/** Number formats that are built in and show a day (§18.8.30, with those of Chinese installations). */
const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);

/** A format's own code shows a day when a year or a day is left beside quoted text, escapes and colours. */
const showsDay = (code: string): boolean =>
  /[yd]/i.test(code.replaceAll(/"[^"]*"|\\.|\[[^\]]*\]|_.|\*./g, ''));

async function dateFormatsOf(zip: ZipEntries): Promise<Set<number>> {
  const dates = new Set<number>();
  if (!zip.names.has('xl/styles.xml')) return dates;
  const own = new Map<number, boolean>();
  let inCellFormats = false;
  let count = 0;
  await readXml(zip.read('xl/styles.xml'), {
    open(name, attributes) {
      if (name === 'numFmt') {
        own.set(Number(attributes['numFmtId']), showsDay(attributes['formatCode'] ?? ''));
        if (own.size > MOST_FORMATS) throw infraError('SHEET_FILE');
      }
      if (name === 'cellXfs') inCellFormats = true;
      if (name !== 'xf' || !inCellFormats) return;
      const id = Number(attributes['numFmtId'] ?? 0);
      if (own.get(id) ?? isBuiltInDate(id)) dates.add(count);
      count += 1;
    },
    close(name) {
      if (name === 'cellXfs') inCellFormats = false;
    },
  });
  return dates;
}
