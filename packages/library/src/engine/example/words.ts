import type { Field } from '../field.ts';
import type { Dice } from './random.ts';

/** Enough for lists that look like lists; none of it names anybody. */
const SURNAMES = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗'];
const GIVEN = [...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建国志新宇晨'];
const PLACES = [
  '江宁',
  '鼓楼',
  '赛罕',
  '回民',
  '相城',
  '新城',
  '昆都仑',
  '红山',
  '海陵',
  '云龙',
  '钟楼',
  '青山',
];
const FIRMS = [
  '宏远',
  '中恒',
  '天润',
  '金盾',
  '瑞丰',
  '华辰',
  '鼎盛',
  '北辰',
  '远大',
  '同方',
  '汇通',
  '安泰',
];
const TRADES = [
  '建设工程',
  '路桥工程',
  '水利工程',
  '市政建设',
  '工程咨询',
  '工程监理',
  '勘察设计',
  '建筑安装',
];
const OFFICES = ['住房和城乡建设局', '市场监督管理局', '水务局', '交通运输局', '行政审批局'];
const WORKS = [
  '道路改造工程',
  '安置房项目',
  '河道整治工程',
  '综合管廊工程',
  '学校新建工程',
  '污水处理厂扩建工程',
];
const BANKS = ['中国工商银行', '中国建设银行', '中国农业银行', '中国银行', '交通银行'];

export const personName = (dice: Dice): string =>
  dice.pick(SURNAMES) + dice.text(GIVEN.join(''), dice.whole(1, 2));

export const organisationName = (dice: Dice): string =>
  `${dice.pick(PLACES)}${dice.pick(FIRMS)}${dice.pick(TRADES)}有限公司`;

type Words = readonly [when: RegExp, say: (dice: Dice) => string];

/** By the label: what a person would expect to read there. */
const VOCABULARY: readonly Words[] = [
  [/邮编|联行号/, (dice) => dice.text('0123456789', 6)],
  [
    /编号|文号|号$|代码/,
    (dice) => `${dice.text('ABCDEFGH', 1)}${dice.whole(2015, 2026)}-${dice.text('0123456789', 6)}`,
  ],
  [/地址|地点|住所/, (dice) => `${dice.pick(PLACES)}区人民路${dice.whole(1, 300)}号`],
  [/网点|支行/, (dice) => `${dice.pick(PLACES)}支行`],
  [/银行/, (dice) => dice.pick(BANKS)],
  [/机关|部门|颁奖|认定|提供机构|审批/, (dice) => `${dice.pick(PLACES)}区${dice.pick(OFFICES)}`],
  [/项目|工程名|标段|业绩/, (dice) => `${dice.pick(PLACES)}区${dice.pick(WORKS)}`],
  [/公司|单位|机构|主体名|账户名|企业名/, organisationName],
  [/姓名|联系人|责任人|负责人/, personName],
  [/范围|规模|说明|内容|摘要|备注/, (dice) => `${dice.pick(TRADES)}相关业务，共${dice.whole(2, 30)}项`],
];

const anything = (dice: Dice): string => `${dice.pick(FIRMS)}${dice.whole(1, 9999)}`;

/** Text for a field of that label, within its limits. */
export function wordsFor(field: Field & { readonly kind: 'text' }, dice: Dice): string {
  const say = VOCABULARY.find(([when]) => when.test(field.label.zh))?.[1] ?? anything;
  const text = say(dice).padEnd(field.min ?? 0, '一');
  return [...text].slice(0, field.max).join('');
}
