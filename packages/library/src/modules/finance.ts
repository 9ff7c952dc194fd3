import type { Field, Values } from '../engine/field.ts';
import type { RecordType } from '../engine/record-type.ts';
import { isWithin, ratio, subtract } from './shared/arithmetic.ts';
import { ATTACHMENTS, label, options, TEN_THOUSAND_YUAN } from './shared/labels.ts';
import { draftedRecord } from './shared/life-cycles.ts';
import { files } from './shared/papers.ts';

const DIALOG = label('编辑企业财务', 'Edit enterprise finance');

type Amount = { readonly zh: string; readonly en: string; readonly min?: string; readonly optional?: true };

const amount = (name: string, { zh, en, min, optional }: Amount): Field => ({
  kind: 'decimal',
  decimals: 6,
  unit: TEN_THOUSAND_YUAN,
  name,
  label: label(zh, en),
  ...(min === undefined ? {} : { min }),
  ...(optional ? {} : { required: 'always' }),
});

/** Rounding of a statement in 万元. */
const TOLERANCE = '0.01';

const balances = (values: Values): boolean =>
  isWithin(subtract(values['totalAssets'], values['totalLiabilities']), values['equity'], TOLERANCE);

/** 企业财务信息 (LIB-FIN, F-FIN, SM-RECORD-A): one for each year. */
export const finance: RecordType = {
  name: 'finance',
  label: label('企业财务信息', 'Enterprise finance'),
  adding: { button: label('新增', 'Add'), dialog: DIALOG },
  owner: 'organisation',
  sections: [
    {
      name: 'balance',
      label: label('资产负债', 'Balance sheet'),
      fields: [
        {
          kind: 'year',
          notAfterThisYear: true,
          name: 'fiscalYear',
          label: label('财务年度', 'Financial year'),
          required: 'always',
        },
        amount('totalAssets', { zh: '资产总额', en: 'Total assets', min: '0' }),
        amount('totalLiabilities', { zh: '负债总额', en: 'Total liabilities', min: '0' }),
        {
          ...amount('equity', { zh: '净资产（所有者权益）', en: 'Net assets (equity)' }),
          hint: label(
            '等于资产总额减负债总额，允许相差 0.01 万元',
            'Assets less liabilities, within 0.01 of CNY 10,000',
          ),
        },
        amount('currentAssets', { zh: '流动资产', en: 'Current assets', min: '0' }),
        amount('currentLiabilities', { zh: '流动负债', en: 'Current liabilities', min: '0' }),
      ],
    },
    {
      name: 'results',
      label: label('经营成果', 'Results'),
      fields: [
        amount('revenue', { zh: '营业收入', en: 'Revenue' }),
        amount('totalProfit', { zh: '利润总额', en: 'Profit before tax' }),
        amount('netProfit', { zh: '净利润', en: 'Net profit' }),
        amount('netCashFlow', { zh: '现金流量净额', en: 'Net cash flow', optional: true }),
        amount('taxAmount', { zh: '纳税额', en: 'Taxes paid', min: '0', optional: true }),
      ],
    },
    {
      name: 'ratios',
      label: label('财务指标', 'Ratios'),
      fields: [
        {
          kind: 'decimal',
          decimals: 2,
          name: 'debtRatio',
          label: label('资产负债率', 'Debt-to-asset ratio'),
          unit: label('%', '%'),
          source: 'derived',
        },
        {
          kind: 'decimal',
          decimals: 4,
          name: 'currentRatio',
          label: label('流动比率', 'Current ratio'),
          source: 'derived',
        },
      ],
    },
    {
      name: 'audit',
      label: label('审计信息', 'Audit'),
      fields: [
        {
          kind: 'text',
          max: 100,
          name: 'auditFirm',
          label: label('审计机构', 'Auditor'),
          required: 'always',
        },
        {
          kind: 'text',
          max: 60,
          name: 'auditReportNo',
          label: label('审计报告编号', 'Number of the audit report'),
          required: 'always',
        },
        {
          kind: 'choice',
          name: 'auditOpinion',
          label: label('审计意见', 'Opinion'),
          // 中国注册会计师审计准则第 1501、1502、1503 号
          options: options({
            UNQUALIFIED: ['标准无保留', 'Unqualified'],
            EMPHASIS: ['带强调事项段', 'With emphasis of matter'],
            QUALIFIED: ['保留', 'Qualified'],
            ADVERSE: ['否定', 'Adverse'],
            DISCLAIMER: ['无法表示', 'Disclaimer'],
          }),
        },
      ],
    },
    {
      name: 'papers',
      label: ATTACHMENTS,
      fields: [files({ label: label('审计报告、财务报表', 'Audit report and statements') })],
    },
  ],
  derive: (values) => ({
    debtRatio: ratio(values['totalLiabilities'], values['totalAssets'], { times: 100n, decimals: 2 }),
    currentRatio: ratio(values['currentAssets'], values['currentLiabilities'], { times: 1n, decimals: 4 }),
  }),
  checks: [
    {
      code: 'LIB_EQUITY',
      says: label(
        '净资产应等于资产总额减负债总额（允许相差 0.01 万元）',
        'Net assets must be assets less liabilities (within 0.01)',
      ),
      fields: ['equity'],
      severity: 'error',
      holds: ({ values }) => balances(values),
      breaks: (values) => ({ ...values, totalAssets: '100', totalLiabilities: '40', equity: '60.011' }),
    },
  ],
  unique: [
    {
      fields: ['fiscalYear'],
      code: 'LIB_DUPLICATE',
      says: label('该年度的财务信息已存在', 'There is a record of this year already'),
    },
  ],
  lifeCycle: draftedRecord({ noun: label('企业财务', 'enterprise finance'), dialog: DIALOG }),
  example: (values) => ({
    ...values,
    equity: subtract(values['totalAssets'], values['totalLiabilities']),
  }),
  title: 'fiscalYear',
  list: {
    columns: ['fiscalYear', 'totalAssets', 'equity', 'revenue', 'netProfit', 'debtRatio'],
    filters: ['fiscalYear'],
    sort: '-fiscalYear',
  },
  requirements: ['LIB-FIN-01', 'LIB-FIN-02', 'LIB-FIN-03', 'LIB-FIN-04', 'F-FIN', 'SM-RECORD-A'],
};
