import type { CodeList } from './code-list.ts';
import { entries } from './entries.ts';

const parentOf = (code: string): string | undefined => {
  if (code.endsWith('00')) return undefined;
  return code.endsWith('0') ? `${code.charAt(0)}00` : `${code.slice(0, 2)}0`;
};

/** 《经济类型分类与代码》. */
export const ECONOMIC_TYPES: CodeList = {
  name: 'economic-types',
  source: 'GB/T 12402-2000',
  date: '2000-07-31',
  entries: entries(
    [
      '100 内资 Domestic|110 国有全资 Wholly state-owned|120 集体全资 Wholly collective',
      '130 股份合作 Joint-stock cooperative|140 联营 Jointly operated|141 国有联营 Joint, state-owned',
      '142 集体联营 Joint, collective|143 国有与集体联营 Joint, state and collective|149 其他联营 Joint, other',
      '150 有限责任（公司） Limited liability company|151 国有独资（公司） Solely state-funded company',
      '159 其他有限责任（公司） Other limited liability company|160 股份有限（公司） Joint-stock company',
      '170 私有 Private|171 私有独资 Sole proprietorship|172 私有合伙 Private partnership',
      '173 私营有限责任（公司） Private limited liability company|174 私营股份有限（公司） Private joint-stock company',
      '175 个体经营 Self-employed business|179 其他私有 Other private|190 其他内资 Other domestic',
      '200 港澳台投资 Invested from Hong Kong, Macao, Taiwan|210 内地和港澳台合资 Joint venture (HK, Macao, Taiwan)',
      '220 内地和港澳台合作 Cooperation (HK, Macao, Taiwan)|230 港澳台独资 Wholly owned (HK, Macao, Taiwan)',
      '240 港澳台投资股份有限（公司） Joint-stock company (HK, Macao, Taiwan)',
      '290 其他港澳台投资 Other (HK, Macao, Taiwan)|300 国外投资 Foreign-invested|310 中外合资 Sino-foreign joint venture',
      '320 中外合作 Sino-foreign cooperation|330 外资 Wholly foreign-owned',
      '340 国外投资股份有限（公司） Foreign-invested joint-stock company|390 其他国外投资 Other foreign-invested',
      '900 其他 Other',
    ].join('|'),
  ).map((one) => {
    const parent = parentOf(one.code);
    return parent === undefined ? one : { ...one, parent };
  }),
};
