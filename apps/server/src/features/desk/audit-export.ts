import type { AuditRow } from '@hufu/contracts';
import writeXlsxFile from 'write-excel-file/node';

const COLUMNS: readonly (readonly [string, (row: AuditRow) => string])[] = [
  ['编号 No.', (row) => row.id],
  ['时间 Time', (row) => row.at],
  ['操作者类型 Actor kind', (row) => row.actorKind],
  ['操作者 Actor', (row) => row.actor],
  ['操作 Action', (row) => row.action],
  ['对象类型 Subject kind', (row) => row.subjectKind],
  ['对象 Subject', (row) => row.subject],
  ['结果 Outcome', (row) => row.outcome],
  ['代码 Code', (row) => row.code ?? ''],
  ['原因 Reason', (row) => row.reason ?? ''],
  ['变更前 Before', (row) => (row.before === null ? '' : JSON.stringify(row.before))],
  ['变更后 After', (row) => (row.after === null ? '' : JSON.stringify(row.after))],
  ['请求编号 Request', (row) => row.requestId ?? ''],
];

/**
 * A cell that begins like a formula is text: what a stranger typed must not run in an auditor's spreadsheet. Those of
 * East Asian settings take the full-width signs, too.
 */
export const plainCell = (text: string): string => (/^[=+\-@＝＋－＠\t\r\n]/.test(text) ? `'${text}` : text);

const quoted = (text: string): string => `"${plainCell(text).replaceAll('"', '""')}"`;

/** RFC 4180, with a mark by which spreadsheets know UTF-8. */
export function auditCsv(rows: readonly AuditRow[]): string {
  const head = COLUMNS.map(([name]) => quoted(name)).join(',');
  const lines = rows.map((row) => COLUMNS.map(([, read]) => quoted(read(row))).join(','));
  return `\uFEFF${[head, ...lines].join('\r\n')}\r\n`;
}

/** Cells hold at most 32,767 characters (ECMA-376 as spreadsheets apply it). */
const LONGEST_CELL = 32_767;

export async function auditXlsx(rows: readonly AuditRow[]): Promise<Buffer> {
  const head = COLUMNS.map(([value]) => ({ value, fontWeight: 'bold' as const }));
  const body = rows.map((row) =>
    COLUMNS.map(([, read]) => ({ type: String, value: plainCell(read(row)).slice(0, LONGEST_CELL) })),
  );
  return writeXlsxFile([head, ...body]).toBuffer();
}
