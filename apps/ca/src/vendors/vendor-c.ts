import { derUtf8String } from '@hufu/gm';
import { ATTRIBUTE_OID, buildName, type GeneralNameSpec, type HolderKind, subjectAltName } from '@hufu/pki';
import type { Holder } from './holder.ts';
import { displayName, MEDIUM_RULES, parts, reversed, type VendorLayout } from './layout.ts';
import { PERSON_NAME_OID, VENDOR_OID } from './oids.ts';

const KIND_TITLES: Readonly<Record<HolderKind, string>> = {
  enterprise: '企业证书',
  legalRepresentative: '法定代表人证书',
  individual: '个人证书',
  operator: '经办人证书',
};

function alternativeNames(holder: Holder): GeneralNameSpec[] {
  const names: GeneralNameSpec[] = [];
  if (holder.uscc !== undefined) {
    names.push({ kind: 'other', oid: VENDOR_OID.c.uscc, value: derUtf8String(holder.uscc) });
  }
  if (holder.kind !== 'enterprise' && holder.personName !== undefined) {
    names.push({ kind: 'dn', name: buildName([{ oid: PERSON_NAME_OID, text: holder.personName }]) });
  }
  return names;
}

/** USCC and person in the subject's alternative names; kind of holder in title; no key number of its own. */
export const vendorC: VendorLayout = {
  profile: {
    id: 'vendor-c',
    facts: {
      uscc: [{ at: 'san-other', oid: VENDOR_OID.c.uscc, encoding: 'der-string' }],
      unitName: [{ at: 'subject', oid: ATTRIBUTE_OID.organization }],
      medium: MEDIUM_RULES,
      personName: [{ at: 'san-directory', oid: PERSON_NAME_OID }],
      kind: [{ at: 'subject', oid: ATTRIBUTE_OID.title, values: reversed(KIND_TITLES) }],
    },
  },
  subject: (holder) =>
    parts(
      [ATTRIBUTE_OID.country, 'CN'],
      [ATTRIBUTE_OID.organization, holder.unitName],
      [ATTRIBUTE_OID.title, KIND_TITLES[holder.kind]],
      [ATTRIBUTE_OID.commonName, displayName(holder)],
    ),
  extensions(holder) {
    const names = alternativeNames(holder);
    return names.length === 0 ? [] : [subjectAltName(...names)];
  },
};
