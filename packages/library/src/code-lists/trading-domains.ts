import type { CodeList } from './code-list.ts';
import { entries } from './entries.ts';

/** Kinds of trading (GEN-003). No rule depends on one: a further kind is a further line. */
export const TRADING_DOMAINS: CodeList = {
  name: 'trading-domains',
  source: '国办函〔2019〕41号《关于深化公共资源交易平台整合共享的指导意见》',
  date: '2019-05-19',
  entries: entries(
    [
      'CONSTRUCTION 工程建设 Construction|PROPERTY 产权交易 State-owned property',
      'LAND 土地使用权出让 Land-use rights|MINING 矿业权出让 Mining rights',
      'PROCUREMENT 政府采购 Government procurement|NATURAL 自然资源 Natural resources',
      'EQUITY 资产股权 Assets and equity|ENVIRONMENT 环境权 Environmental rights|OTHER 其他 Other',
    ].join('|'),
  ),
};
