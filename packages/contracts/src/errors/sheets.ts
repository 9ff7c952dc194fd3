import type { ErrorEntry, ErrorRegister } from '@hufu/kernel';

const corrected = (status: number, zh: string, en: string): ErrorEntry => ({
  status,
  zh,
  en,
  retry: 'corrected',
});

/** Refusals of sheets that people hand in. */
export const SHEET_ERRORS = {
  SHEET_FILE: corrected(
    422,
    '请上传XLSX或CSV文件；不接受含宏、加密或损坏的文件',
    'Upload an XLSX or CSV file. Files with macros, encrypted or damaged ones are not accepted.',
  ),
  SHEET_TOO_LARGE: corrected(
    413,
    '表格过大：最多10,000行，请拆分后分别导入',
    'The sheet is too large: at most 10,000 rows. Split it and import the parts.',
  ),
  SHEET_EMPTY: corrected(422, '表格中没有数据行', 'The sheet has no rows of data.'),
  SHEET_COLUMNS: corrected(
    422,
    '表头与模板不一致，请下载模板后按模板填写',
    'The headings differ from the template. Download the template and fill that in.',
  ),
} as const satisfies ErrorRegister;
