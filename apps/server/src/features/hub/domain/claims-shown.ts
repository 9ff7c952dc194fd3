import type { Authorisation } from '@hufu/contracts';
import type { Role } from '../deps.ts';

const ROLE_LABELS: Readonly<Record<Role, string>> = {
  TENDEREE: '招标人',
  AGENCY: '招标代理',
  BIDDER: '投标人',
};

const MEDIA: Readonly<Record<string, string>> = { 'usb-key': 'CA锁', phone: '移动证书', software: '软证书' };

export type Told = {
  readonly enterprise: { readonly uscc: string; readonly unit_name: string; readonly roles: readonly Role[] };
  readonly certificate: {
    readonly serial_number: string;
    readonly issuer_name: string;
    readonly medium: string;
  };
};

/** OD-07: exactly what the token will carry, in words, before the user says yes. */
export function claimsShown({ enterprise, certificate }: Told): Authorisation['claims'] {
  const claim = (name: string, labels: readonly [string, string], value: string) => ({
    name,
    label: labels[0],
    labelEn: labels[1],
    value,
  });
  return [
    claim('uscc', ['统一社会信用代码', 'Unified social credit code'], enterprise.uscc),
    claim('name', ['单位名称', 'Name'], enterprise.unit_name),
    claim('roles', ['主体类型', 'Roles'], enterprise.roles.map((role) => ROLE_LABELS[role]).join('、')),
    claim('certificate_serial', ['证书序列号', 'Certificate serial number'], certificate.serial_number),
    claim('certificate_issuer', ['证书颁发机构', 'Certificate issuer'], certificate.issuer_name),
    claim('acr', ['认证方式', 'Authentication'], MEDIA[certificate.medium] ?? '数字证书'),
  ];
}
