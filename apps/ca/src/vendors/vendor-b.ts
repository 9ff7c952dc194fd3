import { derUtf8String } from '@hufu/gm';
import { ATTRIBUTE_OID, certificatePolicies } from '@hufu/pki';
import { displayName, MEDIUM_RULES, parts, reversed, type VendorLayout } from './layout.ts';
import { PERSON_NAME_OID, VENDOR_OID } from './oids.ts';

const USCC_LABEL = '统一社会信用代码:';

/** USCC as labelled text in organizationalUnit; kind of holder as policy; key number in serialNumber; medium in an extension. */
export const vendorB: VendorLayout = {
  profile: {
    id: 'vendor-b',
    facts: {
      uscc: [
        { at: 'subject', oid: ATTRIBUTE_OID.organizationalUnit, pattern: `${USCC_LABEL}([0-9A-Z]{18})` },
      ],
      unitName: [{ at: 'subject', oid: ATTRIBUTE_OID.organization }],
      medium: MEDIUM_RULES,
      personName: [{ at: 'subject', oid: PERSON_NAME_OID }],
      kind: [{ at: 'policy', values: reversed(VENDOR_OID.b.policy) }],
      keyNo: [{ at: 'subject', oid: ATTRIBUTE_OID.serialNumber }],
      mediumNo: [{ at: 'extension', oid: VENDOR_OID.b.mediumNo, encoding: 'der-string' }],
    },
  },
  subject: (holder) =>
    parts(
      [ATTRIBUTE_OID.country, 'CN'],
      [ATTRIBUTE_OID.organization, holder.unitName],
      [ATTRIBUTE_OID.organizationalUnit, holder.uscc === undefined ? undefined : USCC_LABEL + holder.uscc],
      [ATTRIBUTE_OID.serialNumber, holder.keyNo],
      [PERSON_NAME_OID, holder.kind === 'enterprise' ? undefined : holder.personName],
      [ATTRIBUTE_OID.commonName, displayName(holder)],
    ),
  extensions: (holder) => [
    certificatePolicies(VENDOR_OID.b.policy[holder.kind]),
    ...(holder.mediumNo === undefined
      ? []
      : [{ oid: VENDOR_OID.b.mediumNo, value: derUtf8String(holder.mediumNo) }]),
  ],
};
