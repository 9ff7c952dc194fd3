import { derUtf8String } from '@hufu/gm';
import { ATTRIBUTE_OID, type HolderKind } from '@hufu/pki';
import { displayName, MEDIUM_RULES, parts, reversed, type VendorLayout } from './layout.ts';
import { PERSON_NAME_OID, VENDOR_OID } from './oids.ts';

const KIND_WORDS: Readonly<Record<HolderKind, string>> = {
  enterprise: '企业',
  legalRepresentative: '法定代表人',
  individual: '个人',
  operator: '经办人',
};

/** USCC in organizationIdentifier; kind of holder and key number in private extensions. */
export const vendorA: VendorLayout = {
  profile: {
    id: 'vendor-a',
    facts: {
      uscc: [{ at: 'subject', oid: ATTRIBUTE_OID.organizationIdentifier }],
      unitName: [{ at: 'subject', oid: ATTRIBUTE_OID.organization }],
      medium: MEDIUM_RULES,
      personName: [{ at: 'subject', oid: PERSON_NAME_OID }],
      kind: [
        {
          at: 'extension',
          oid: VENDOR_OID.a.holderKind,
          encoding: 'der-string',
          values: reversed(KIND_WORDS),
        },
      ],
      keyNo: [{ at: 'extension', oid: VENDOR_OID.a.keyNo, encoding: 'der-string' }],
      personIdNo: [{ at: 'extension', oid: VENDOR_OID.a.personIdNo, encoding: 'der-string' }],
    },
  },
  subject: (holder) =>
    parts(
      [ATTRIBUTE_OID.country, 'CN'],
      [ATTRIBUTE_OID.organization, holder.unitName],
      [ATTRIBUTE_OID.organizationIdentifier, holder.uscc],
      [PERSON_NAME_OID, holder.kind === 'enterprise' ? undefined : holder.personName],
      [ATTRIBUTE_OID.commonName, displayName(holder)],
    ),
  extensions: (holder) => [
    { oid: VENDOR_OID.a.holderKind, value: derUtf8String(KIND_WORDS[holder.kind]) },
    { oid: VENDOR_OID.a.keyNo, value: derUtf8String(holder.keyNo) },
    ...(holder.personIdNo === undefined
      ? []
      : [{ oid: VENDOR_OID.a.personIdNo, value: derUtf8String(holder.personIdNo) }]),
  ],
};
