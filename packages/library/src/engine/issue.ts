import type { Label } from './field.ts';

/** A fault, or a warning, at one place of what was sent. */
export type Issue = {
  /** `accountNo`; `formerNames.2.since` for the third row; '' for the whole. */
  readonly path: string;
  /** Stable, UPPER_SNAKE. */
  readonly code: string;
  /** What is wrong and what to do. */
  readonly says: Label;
  /** A warning is told and refuses nothing. */
  readonly severity: 'error' | 'warning';
};

type Words = readonly [zh: string, en: string];

/** `{n}` stands for a limit of the declaration: never for anything that was typed. */
const WORDS = {
  LIB_INPUT: ['提交的内容格式不正确', 'What was sent has no readable form'],
  LIB_UNKNOWN_FIELD: ['没有这个数据项，请去掉', 'There is no such field: please remove it'],
  LIB_REQUIRED: ['请填写此项', 'Please fill this in'],
  LIB_HIDDEN: ['按其他项的内容，此项不应填写，请清空', 'Other entries rule this one out: please clear it'],
  LIB_LOCKED: [
    '此项来自项目信息库，不可修改，请恢复原值',
    'This comes from the project library and cannot change: please restore it',
  ],
  LIB_FIXED: ['此项提交后不可修改，请恢复原值', 'This cannot change after submission: please restore it'],
  LIB_CERTIFICATE: [
    '此项取自数字证书，不可修改，请恢复原值',
    'This is taken from the certificate and cannot change: please restore it',
  ],
  LIB_NOT_NOW: [
    '此项不在这项操作中填写，请恢复原值',
    'This step does not change this entry: please restore it',
  ],
  LIB_SYSTEM: ['此项由系统生成，不可填写', 'The system sets this: it cannot be typed'],
  LIB_DERIVED: [
    '此项由系统根据其他项计算，不可填写不同的值',
    'This is computed from other entries: no other value can be given',
  ],
  LIB_TEXT: ['请填写文字', 'Please give text'],
  LIB_CHARACTERS: [
    '含有不可见或无效的字符，请删除后重新填写',
    'It holds invisible or broken characters: please type it again',
  ],
  LIB_TOO_LONG: ['最多{n}个字，请缩短', 'At most {n} characters: please shorten it'],
  LIB_TOO_SHORT: ['至少{n}个字，请补全', 'At least {n} characters: please complete it'],
  LIB_PATTERN: ['格式不正确，请按提示填写', 'It has the wrong form: please follow the hint'],
  LIB_EMAIL: ['电子邮箱格式不正确，例如 name@example.cn', 'This is no e-mail address, e.g. name@example.cn'],
  LIB_URL: [
    '网址不正确，请以 https:// 或 http:// 开头完整填写',
    'Please give the whole address, beginning with https:// or http://',
  ],
  LIB_ID_NUMBER: [
    '证件号码应为4至30位字母、数字、连字符或括号',
    'The number of a paper has 4 to 30 letters, digits, hyphens or brackets',
  ],
  LIB_ACCOUNT_NUMBER: [
    '银行账号应为8至32位数字，可含“-”',
    'An account number has 8 to 32 digits; hyphens are allowed',
  ],
  LIB_DATE: [
    '日期不正确，请按 2026-01-31 的格式填写',
    'There is no such day: please write it like 2026-01-31',
  ],
  LIB_DATE_FUTURE: ['不能晚于今天', 'This cannot be later than today'],
  LIB_YEAR: ['年份应为4位数字，例如 2026', 'A year has four digits, e.g. 2026'],
  LIB_YEAR_FUTURE: ['不能晚于今年', 'This cannot be later than this year'],
  LIB_DECIMAL: [
    '请填写数字，例如 1234.56；位数较多时请以文本形式提交',
    'Please give a number like 1234.56; send one with many digits as text',
  ],
  LIB_DECIMALS: ['小数最多{n}位', 'At most {n} digits after the point'],
  LIB_DIGITS: ['数字过长，整数部分最多{n}位', 'Too many digits: at most {n} before the point'],
  LIB_POSITIVE: ['应大于0', 'This must be greater than 0'],
  LIB_MIN: ['不能小于{n}', 'This cannot be less than {n}'],
  LIB_MAX: ['不能大于{n}', 'This cannot be greater than {n}'],
  LIB_INTEGER: ['请填写整数', 'Please give a whole number'],
  LIB_BOOLEAN: ['请选择“是”或“否”', 'Please choose yes or no'],
  LIB_CHOICE: ['请从列出的选项中选择', 'Please choose one of the options'],
  LIB_CHOICES: ['请从列出的选项中选择一个或多个', 'Please choose among the options'],
  LIB_TWICE: ['重复了，请去掉一个', 'This is there twice: please remove one'],
  LIB_FEW: ['至少{n}个', 'At least {n}'],
  LIB_MANY: ['最多{n}个', 'At most {n}'],
  LIB_COUNTS: ['请按所列类别填写人数或数量', 'Please give a number for each of the listed kinds'],
  LIB_FILES: ['附件信息不完整，请重新上传', 'The attachment is not complete: please upload it again'],
  LIB_FILE_KIND: ['不接受这种类型的文件，请换一种格式', 'This kind of file is not accepted here'],
  LIB_FILE_UNKNOWN: [
    '没有找到这个名称的附件，请先上传',
    'No attachment of that name was found: please upload it first',
  ],
  LIB_REFERENCE: ['请从已有的信息中选择', 'Please choose among the records that exist'],
  LIB_ROWS: ['请按行填写', 'Please fill in row by row'],
  LIB_CELL: [
    '单元格中是错误值或不支持的内容，请改为文字或数字',
    'The cell holds an error or something unreadable',
  ],
  LIB_CELL_DIGITS: [
    '数字超过15位，表格软件已丢失末位数字，请将单元格设为文本格式后重新填写',
    'The sheet has lost digits of this long number: make the cell a text cell and type it again',
  ],
  LIB_CELL_LABEL: ['有多个同名选项，请填写代码', 'Several options bear this name: please give the code'],
  LIB_COLUMN_TWICE: ['表头中这一列出现了两次，请删除一列', 'This column is there twice: please remove one'],
  LIB_COLUMN_MISSING: [
    '表头缺少这一必填列，请使用最新模板',
    'This required column is missing: please use the template',
  ],
  LIB_COLUMN: ['模板中没有这一列，请删除', 'The template has no such column: please remove it'],
} as const satisfies Record<string, Words>;

export type IssueCode = keyof typeof WORDS;

/** Every code that the engine itself gives to a field, with its words: documentation and tests read it. */
export const ISSUE_WORDS: Readonly<Record<IssueCode, Words>> = WORDS;

const fill = (text: string, limit: string | number | undefined): string =>
  limit === undefined ? text : text.replace('{n}', String(limit));

/** An error at a place. @param limit what the declaration allows, for the codes that name one */
export function fault(path: string, code: IssueCode, limit?: string | number): Issue {
  const [zh, en] = WORDS[code];
  return { path, code, says: { zh: fill(zh, limit), en: fill(en, limit) }, severity: 'error' };
}

/** An error in the words of a register that another package keeps, e.g. of the kernel for China's identifiers. */
export const foreignFault = (path: string, code: string, says: Label): Issue => ({
  path,
  code,
  says,
  severity: 'error',
});
