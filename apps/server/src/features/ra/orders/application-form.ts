import { maskIdNumber, shanghaiParts } from '@hufu/kernel';
import { type Colour, type SetLine, typeset } from '../../../infra/pdf/typeset.ts';
import type { RaDeps } from '../deps.ts';
import type { OrderRow } from './order-store.ts';
import { openPersonal } from './personal.ts';

const INK: Colour = [0x1d, 0x35, 0x40];
const PALE: Colour = [0x6b, 0x7a, 0x85];

const KINDS = {
  NEW: '新办',
  RENEW: '续期',
  CHANGE: '变更',
  REISSUE: '挂失补办',
  CANCEL: '注销',
  REAPPLY: '重新申请',
  RESET_PIN: '密码重置',
} as const satisfies Record<OrderRow['kind'], string>;

const TITLES = {
  ENTERPRISE: 'CA数字证书企业申请书',
  INDIVIDUAL: '个人信息及电子签名采样表',
  EXPERT: '个人信息及电子签名采样表（评标专家）',
} as const satisfies Record<OrderRow['applicant'], string>;

const BLANK = '________________';

const row = (label: string, value: string): SetLine => ({
  text: `${label}：${value || BLANK}`,
  size: 12,
  colour: INK,
  above: 0.6,
});

const heading = (text: string): SetLine => ({ text, size: 13, colour: INK, above: 1.4 });
const paragraph = (text: string): SetLine => ({ text, size: 11, colour: INK, above: 0.4, indent: 2 });

async function factsOf(deps: Pick<RaDeps, 'cipher' | 'platforms' | 'authority' | 'rules'>, order: OrderRow) {
  const personal = openPersonal(deps.cipher, order);
  const platform = (await deps.platforms()).find(({ code }) => code === order.platform)?.name ?? '';
  const authority = (await deps.authority(order.authority_id))?.name ?? '';
  const sealOrg = deps.rules.sealOrgs.find(({ id }) => id === order.seal_org)?.name ?? '';
  return { personal, platform, authority, sealOrg };
}

/**
 * 申请书 (MOB-014) or 采样表 (CA-005), filled in with what the order says, to be stamped or signed, photographed and
 * uploaded. The whole ID number is not printed: the copy of the card is handed in beside it.
 */
export async function applicationForm(
  deps: Pick<RaDeps, 'cipher' | 'clock' | 'platforms' | 'authority' | 'rules'>,
  order: OrderRow,
): Promise<Uint8Array> {
  const { personal, platform, authority, sealOrg } = await factsOf(deps, order);
  const idNo = (text: string) => (text === '' ? '' : maskIdNumber(text));
  const enterprise = order.applicant === 'ENTERPRISE';
  const title = TITLES[order.applicant];
  const now = deps.clock.now();
  const subject = enterprise
    ? [
        row('企业名称', order.unit_name),
        row('统一社会信用代码', order.uscc),
        row('法定代表人', personal.legalRepName),
        row('法定代表人身份证号', idNo(personal.legalRepIdNo)),
        row('经办人', personal.personName),
      ]
    : [
        row('姓名', personal.personName),
        row('身份证号', idNo(personal.personIdNo)),
        ...(order.applicant === 'EXPERT' ? [row('评标专家编号', order.expert_no)] : []),
      ];
  return typeset({
    title,
    createdAt: now,
    margin: 62,
    lines: [
      { text: title, size: 20, colour: INK, align: 'centre' },
      { text: `申请编号：${order.reference}`, size: 10, colour: PALE, align: 'right', above: 1 },
      heading('一、申请人'),
      ...subject,
      row('联系电话', personal.contactPhone),
      heading('二、申请事项'),
      row('业务类型', KINDS[order.kind]),
      row('交易平台', platform),
      row('CA机构', authority),
      ...(enterprise ? [row('签章机构', sealOrg)] : []),
      row('使用年限', order.years === 0 ? '' : `${order.years} 年`),
      heading('三、申请人声明'),
      ...deps.rules.declaration.map(paragraph),
      heading(enterprise ? '四、单位盖章' : '四、签名采样（请在下面签名三次）'),
      {
        text: enterprise ? '（请加盖单位公章）' : '１.　　　　　　　２.　　　　　　　３.',
        size: 11,
        colour: PALE,
        above: 3,
      },
      { text: `日期：${BLANK}`, size: 11, colour: INK, above: 5, align: 'right' },
      { text: `生成日期：${shanghaiParts(now).date}`, size: 9, colour: PALE, above: 1.2, align: 'right' },
    ],
  });
}
