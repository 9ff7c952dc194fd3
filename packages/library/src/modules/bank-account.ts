import { NONE, type RecordType } from '../engine/record-type.ts';
import { sameAsEntity } from './shared/checks.ts';
import { ATTACHMENTS, label, options } from './shared/labels.ts';
import { NORMAL, VOIDED } from './shared/life-cycles.ts';

const IS_BASIC = { field: 'accountType', is: 'BASIC' } as const;
const SAVE = label('保存', 'Save');

/**
 * 企业银行账户 (LIB-BANK, F-BANK, SM-BANK): saved at once, without a draft; voided with a reason alone and 保存
 * (GEN-006's exception, C-28). A natural person has it too (OD-12).
 */
export const bankAccount: RecordType = {
  name: 'bank-account',
  label: label('企业银行账户', 'Bank accounts'),
  adding: { button: label('新增账户', 'Add account'), dialog: label('新增账户', 'Add account') },
  owner: 'either',
  sections: [
    {
      name: 'account',
      label: label('账户信息', 'Account'),
      fields: [
        {
          kind: 'choice',
          name: 'accountType',
          label: label('账户类型', 'Type of account'),
          required: 'always',
          // 人民币银行结算账户管理办法 (中国人民银行令〔2003〕第5号) 第三条
          options: options({
            BASIC: ['基本存款账户', 'Basic deposit account'],
            GENERAL: ['一般存款账户', 'General deposit account'],
            SPECIAL: ['专用存款账户', 'Special deposit account'],
            TEMPORARY: ['临时存款账户', 'Temporary deposit account'],
          }),
          hint: label('每个主体只能有一个有效的基本存款账户', 'Only one valid basic account for each entity'),
        },
        {
          kind: 'text',
          max: 200,
          name: 'accountName',
          label: label('账户名称', 'Account name'),
          required: 'always',
          hint: label('应与主体名称一致', 'The same as the name of the entity'),
        },
        {
          kind: 'account-number',
          name: 'accountNo',
          label: label('银行账号', 'Account number'),
          required: 'always',
          hint: label('8-32 位数字，可含“-”', '8 to 32 digits; hyphens are allowed'),
        },
        {
          kind: 'boolean',
          name: 'isBasic',
          label: label('是否基本户', 'Basic account'),
          // One answer, not two that could contradict each other.
          source: 'derived',
        },
        {
          kind: 'date',
          notAfterToday: true,
          name: 'openDate',
          label: label('开户日期', 'Opened on'),
        },
      ],
    },
    {
      name: 'bank',
      label: label('开户银行', 'Bank'),
      fields: [
        {
          kind: 'text',
          max: 100,
          name: 'bankName',
          label: label('开户银行', 'Bank'),
          required: 'always',
          hint: label('例：中国工商银行', 'E.g. Industrial and Commercial Bank of China'),
        },
        {
          kind: 'text',
          max: 100,
          name: 'bankBranch',
          label: label('开户网点', 'Branch'),
          required: 'always',
        },
        {
          kind: 'text',
          max: 12,
          name: 'cnaps',
          label: label('银行联行号', 'CNAPS code'),
          pattern: { regex: /^\d{12}$/, says: label('联行号为 12 位数字', 'A CNAPS code has 12 digits') },
        },
        {
          kind: 'choice',
          codeList: 'regions',
          name: 'region',
          label: label('开户地', 'Place of the branch'),
        },
      ],
    },
    {
      name: 'papers',
      label: ATTACHMENTS,
      fields: [
        {
          kind: 'files',
          max: 10,
          name: 'openingPermit',
          label: label('开户许可证/基本存款账户信息', 'Opening permit or basic-account notice'),
          required: { when: IS_BASIC },
          hint: label(
            '基本户必传；2019 年后开户的上传“基本存款账户信息”',
            'Needed for a basic account; accounts opened after 2019 have a notice instead of a permit',
          ),
        },
      ],
    },
  ],
  derive: (values) => ({ isBasic: values['accountType'] === 'BASIC' }),
  checks: [
    sameAsEntity(
      'accountName',
      label('账户名称与主体名称不一致，请核对', 'The account name is not the name of the entity'),
    ),
  ],
  unique: [
    {
      fields: ['accountNo'],
      code: 'LIB_DUPLICATE',
      says: label('该银行账号已存在', 'This account number is already there'),
    },
    {
      fields: ['isBasic'],
      when: IS_BASIC,
      code: 'LIB_DUPLICATE',
      says: label(
        '已有有效的基本存款账户，请先作废原账户',
        'There is a valid basic account already: void it first',
      ),
    },
  ],
  lifeCycle: {
    states: [NORMAL, VOIDED],
    events: [
      {
        name: 'submit',
        button: label('新增账户', 'Add account'),
        dialog: label('新增账户', 'Add account'),
        confirm: SAVE,
        from: [NONE],
        to: NORMAL.name,
        by: ['primary'],
        takes: { values: true, complete: true },
      },
      {
        name: 'void',
        button: label('作废', 'Void'),
        dialog: label('「作废」银行账户', 'Void bank account'),
        confirm: SAVE,
        from: [NORMAL.name],
        to: VOIDED.name,
        by: ['primary'],
        needs: { reason: true },
      },
    ],
  },
  title: 'accountNo',
  list: {
    columns: ['accountType', 'accountName', 'accountNo', 'bankName', 'bankBranch', 'isBasic'],
    filters: ['accountType', 'bankName'],
  },
  requirements: ['LIB-BANK-01', 'LIB-BANK-02', 'LIB-BANK-03', 'LIB-BANK-04', 'F-BANK', 'SM-BANK'],
};
