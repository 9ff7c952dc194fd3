import {
  type Event,
  type Field,
  type Label,
  type LifeCycle,
  NONE,
  type Option,
  type RecordType,
  SAME,
} from '../../src/index.ts';

const label = (zh: string, en: string): Label => ({ zh, en });
const option = (code: string): Option => ({ code, label: label(`选项${code}`, `Option ${code}`) });

const lifeCycle: LifeCycle = {
  states: [
    { name: 'editing', label: label('编辑中', 'Draft'), tone: 'draft' },
    { name: 'submitted', label: label('提交成功', 'Submitted'), tone: 'good', usable: true },
    { name: 'voided', label: label('作废', 'Voided'), tone: 'ended', ended: true },
  ],
  events: [
    {
      name: 'save',
      button: label('编辑', 'Edit'),
      from: [NONE, 'editing'],
      to: 'editing',
      by: ['primary'],
      takes: { values: true, complete: false },
    },
    {
      name: 'submit',
      button: label('提交', 'Submit'),
      from: [NONE, 'editing'],
      to: 'submitted',
      by: ['primary'],
      takes: { values: true, complete: true },
      sets: ({ system }) => ({ rounds: (system['rounds'] as number) + 1 }),
      arises: ({ id, values }) => [
        { type: 'echo', event: 'arise', values: { of: id, name: values['name'] }, system: {} },
      ],
    },
    {
      name: 'maintain',
      button: label('维护', 'Maintain'),
      from: ['submitted'],
      to: SAME,
      by: ['primary'],
      takes: { values: true, complete: true },
    },
    {
      name: 'hand-over',
      button: label('变更负责人', 'Change leader'),
      from: ['editing', 'submitted'],
      to: SAME,
      by: ['primary'],
      needs: { proof: true },
      takes: {
        fields: [
          {
            kind: 'reference',
            to: ['person'],
            name: 'newLeader',
            label: label('新负责人', 'New leader'),
            required: 'always',
          },
          {
            kind: 'text',
            max: 20,
            name: 'why',
            label: label('原因', 'Why'),
            required: { when: { field: 'grade', is: 'A' } },
          },
        ],
      },
      guards: [
        {
          otherwise: 'LIB_STATE',
          holds: ({ values, taken }) => values['leader'] !== taken['newLeader'],
        },
      ],
      moves: (_facts, taken) => ({ leader: taken['newLeader'] }),
    },
    { name: 'delete', button: label('删除', 'Delete'), from: ['editing'], to: NONE, by: ['primary'] },
    {
      name: 'void',
      button: label('作废', 'Void'),
      from: ['submitted'],
      to: 'voided',
      by: ['primary'],
      needs: { reason: true, proof: true },
    },
    { name: 'count-use', from: ['submitted'], to: SAME, by: ['platform'] },
  ] satisfies readonly Event[],
};

const fields: readonly Field[] = [
  { kind: 'text', max: 20, min: 2, name: 'name', label: label('名称', 'Name'), required: 'always' },
  {
    kind: 'text',
    max: 6,
    name: 'postcode',
    label: label('邮编', 'Postcode'),
    pattern: { regex: /^\d{6}$/, says: label('邮编为6位数字', 'A postcode has 6 digits') },
  },
  { kind: 'text', max: 100, multiline: true, name: 'scope', label: label('范围', 'Scope') },
  { kind: 'uscc', name: 'uscc', label: label('统一社会信用代码', 'USCC'), fixed: true },
  {
    kind: 'choice',
    options: [option('CARD'), option('PASSPORT')],
    name: 'idType',
    label: label('证件类型', 'Type of paper'),
    initial: 'CARD',
  },
  {
    kind: 'id-number',
    card: { field: 'idType', is: 'CARD' },
    name: 'idNo',
    label: label('证件号码', 'Number'),
    privacy: 'personal',
  },
  {
    kind: 'date',
    notAfterToday: true,
    name: 'birthDate',
    label: label('出生日期', 'Date of birth'),
    source: 'derived',
    derivedWhen: { field: 'idType', is: 'CARD' },
  },
  { kind: 'mobile', name: 'mobile', label: label('手机', 'Mobile'), privacy: 'personal' },
  { kind: 'phone', name: 'phone', label: label('电话', 'Telephone') },
  { kind: 'email', name: 'email', label: label('邮箱', 'E-mail') },
  { kind: 'url', name: 'site', label: label('网址', 'Site') },
  { kind: 'account-number', name: 'accountNo', label: label('账号', 'Account') },
  { kind: 'boolean', name: 'longTerm', label: label('长期有效', 'Without end') },
  { kind: 'date', notAfterToday: true, name: 'since', label: label('起', 'Since') },
  {
    kind: 'date',
    name: 'until',
    label: label('止', 'Until'),
    required: { when: { field: 'longTerm', is: false } },
    visible: { field: 'longTerm', is: false },
  },
  { kind: 'year', notAfterThisYear: true, name: 'year', label: label('年度', 'Year') },
  {
    kind: 'decimal',
    decimals: 2,
    positive: true,
    max: '1000000',
    name: 'amount',
    label: label('金额', 'Amount'),
    unit: label('万元', 'CNY 10,000'),
  },
  { kind: 'decimal', decimals: 2, name: 'paid', label: label('已付', 'Paid'), min: '0' },
  { kind: 'integer', min: 0, max: 100, name: 'floors', label: label('层数', 'Floors') },
  {
    kind: 'choice',
    options: [option('A'), option('B')],
    name: 'grade',
    label: label('级别', 'Grade'),
  },
  {
    kind: 'choice',
    dependsOn: 'grade',
    optionsOf: { A: [option('A1'), option('A2')], B: [option('B1')] },
    name: 'level',
    label: label('等级', 'Level'),
    visible: { field: 'grade', filled: true },
  },
  {
    kind: 'choices',
    min: 2,
    options: [option('X'), option('Y'), option('Z')],
    name: 'works',
    label: label('工程', 'Works'),
  },
  { kind: 'choice', codeList: 'sample-list', name: 'region', label: label('地区', 'Region') },
  { kind: 'counts', options: [option('P'), option('Q')], name: 'heads', label: label('人数', 'Heads') },
  {
    kind: 'files',
    min: 1,
    max: 2,
    mediaTypes: ['application/pdf', 'image/png'],
    name: 'file',
    label: label('附件', 'File'),
    required: 'always',
  },
  {
    kind: 'reference',
    to: ['person'],
    name: 'leader',
    label: label('负责人', 'Leader'),
    fixed: true,
  },
  {
    kind: 'rows',
    max: 3,
    columns: [
      { name: 'name', label: label('曾用名', 'Former name'), kind: 'text', required: true },
      { name: 'since', label: label('变更日期', 'Changed on'), kind: 'date', required: false },
    ],
    name: 'former',
    label: label('曾用名', 'Former names'),
  },
  {
    kind: 'text',
    max: 50,
    name: 'holder',
    label: label('持有人', 'Holder'),
    source: 'certificate',
  },
];

/** Every kind of field and every rule that a field can have: for the tests of the engine. */
export const sampleType: RecordType = {
  name: 'sample-record',
  label: label('示例', 'Sample'),
  owner: 'either',
  sections: [
    { name: 'main', label: label('基本', 'Main'), fields },
    {
      name: 'completion',
      label: label('竣工', 'Completion'),
      at: ['maintain'],
      fields: [
        {
          kind: 'date',
          name: 'completed',
          label: label('竣工日期', 'Completed'),
          required: { at: ['maintain'] },
        },
      ],
    },
  ],
  derive: (values) => ({
    birthDate:
      typeof values['idNo'] === 'string' && values['idNo'].length === 18
        ? values['idNo'].replace(/^\d{6}(\d{4})(\d{2})(\d{2}).*$/, '$1-$2-$3')
        : undefined,
  }),
  checks: [
    {
      code: 'LIB_SAMPLE_PAID',
      says: label('已付不能超过金额', 'Paid cannot exceed the amount'),
      fields: ['paid'],
      severity: 'error',
      holds: ({ values }) =>
        values['amount'] === undefined ||
        values['paid'] === undefined ||
        Number(values['paid']) <= Number(values['amount']),
      breaks: (values) => ({ ...values, amount: '5', paid: '6' }),
    },
    {
      code: 'LIB_SAMPLE_NAME',
      says: label('名称与主体不同', 'Another name than the owner'),
      fields: ['name'],
      severity: 'warning',
      holds: ({ values, entity }) => values['name'] === undefined || values['name'] === entity.name,
    },
  ],
  unique: [
    { fields: ['accountNo'], code: 'LIB_DUPLICATE', says: label('账号已存在', 'The account is there') },
    {
      fields: ['idNo'],
      when: {
        all: [
          { field: 'grade', is: 'A' },
          { field: 'longTerm', is: false },
        ],
      },
      code: 'LIB_DUPLICATE',
      says: label('已存在', 'It is there'),
    },
  ],
  system: [
    {
      kind: 'integer',
      name: 'rounds',
      label: label('次数', 'Rounds'),
      source: 'system',
      initial: 0,
    },
  ],
  lifeCycle,
  title: 'name',
  expires: 'until',
  list: { columns: ['name', 'amount', 'since', 'rounds'], filters: ['grade', 'works', 'idNo', 'longTerm'] },
  requirements: ['GEN-001'],
};
