import { organisationCheckCharacter, usccCheckCharacter } from '@hufu/kernel';
import type { Dice } from './dice.ts';

const PLACES = [
  ['呼和浩特', '150102'],
  ['包头', '150203'],
  ['鄂尔多斯', '150602'],
  ['赤峰', '150402'],
  ['南京', '320102'],
  ['苏州', '320505'],
  ['无锡', '320211'],
  ['徐州', '320302'],
  ['常州', '320402'],
  ['扬州', '321002'],
  ['杭州', '330102'],
  ['济南', '370102'],
] as const;
const FIRST = '青山明远宏达鑫源恒泰永昌瑞丰嘉禾天成中兴华盛博雅金桥东方长江大地安信德邦广厦立信同济万隆';
const SECOND = '业华诚信达通瑞祥和顺丰盛泰昌隆兴源海川岳峰林森润泽辉耀鸿图展翔凯旋';
const TRADES = [
  '建设工程',
  '水利工程',
  '路桥工程',
  '市政园林',
  '工程监理',
  '工程咨询',
  '招标代理',
  '信息技术',
  '环保科技',
  '物资贸易',
];
const FORMS = ['有限公司', '有限责任公司', '集团有限公司', '股份有限公司'];
const LETTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY';

export type Organisation = { readonly name: string; readonly uscc: string; readonly region: string };

/** A plausible organisation with a valid code; the number makes the code unique. */
export function organisationOf(dice: Dice, number: number): Organisation {
  const [place, region] = dice.pick(PLACES);
  const word = dice.pick([...FIRST]) + dice.pick([...SECOND]) + dice.pick([...FIRST]);
  return {
    name: `${place}${word}${dice.pick(TRADES)}${dice.pick(FORMS)}`,
    uscc: usccOf(region, number),
    region,
  };
}

/** GB 32100-2015: an enterprise (91), its region, its number as organisation code, both check characters. */
function usccOf(region: string, number: number): string {
  let rest = number;
  let code = '';
  for (let i = 0; i < 8; i += 1) {
    code = LETTERS[rest % LETTERS.length]! + code;
    rest = Math.floor(rest / LETTERS.length);
  }
  const body = `91${region}${code}${organisationCheckCharacter(code)}`;
  return body + usccCheckCharacter(body);
}
