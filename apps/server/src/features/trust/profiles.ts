import type { CertificateProfile } from '@hufu/pki';

const ARC = '2.25.32109423530182883467652658545036296127';
const PERSON = '2.5.4.41';
const UNIT: CertificateProfile['facts']['unitName'] = [{ at: 'subject', oid: '2.5.4.10' }];

/**
 * Layouts of the three demo authorities, which differ as real ones do: a private extension, a labelled unit with a
 * policy, alternative names. A configured installation gets the layouts of its own authorities as data instead.
 */
export const DEMO_PROFILES: readonly CertificateProfile[] = [
  {
    id: 'vendor-a',
    facts: {
      uscc: [{ at: 'subject', oid: '2.5.4.97' }],
      unitName: UNIT,
      personName: [{ at: 'subject', oid: PERSON }],
      kind: [
        {
          at: 'extension',
          oid: `${ARC}.1.1`,
          encoding: 'der-string',
          values: {
            企业: 'enterprise',
            法定代表人: 'legalRepresentative',
            个人: 'individual',
            经办人: 'operator',
          },
        },
      ],
      keyNo: [{ at: 'extension', oid: `${ARC}.1.2`, encoding: 'der-string' }],
    },
  },
  {
    id: 'vendor-b',
    facts: {
      uscc: [{ at: 'subject', oid: '2.5.4.11', pattern: '统一社会信用代码:([0-9A-Z]{18})' }],
      unitName: UNIT,
      personName: [{ at: 'subject', oid: PERSON }],
      kind: [
        {
          at: 'policy',
          values: {
            [`${ARC}.2.1.1`]: 'enterprise',
            [`${ARC}.2.1.2`]: 'legalRepresentative',
            [`${ARC}.2.1.3`]: 'individual',
            [`${ARC}.2.1.4`]: 'operator',
          },
        },
      ],
      keyNo: [{ at: 'subject', oid: '2.5.4.5' }],
      mediumNo: [{ at: 'extension', oid: `${ARC}.2.2`, encoding: 'der-string' }],
    },
  },
  {
    id: 'vendor-c',
    facts: {
      uscc: [{ at: 'san-other', oid: `${ARC}.3.1`, encoding: 'der-string' }],
      unitName: UNIT,
      personName: [{ at: 'san-directory', oid: PERSON }],
      kind: [
        {
          at: 'subject',
          oid: '2.5.4.12',
          values: {
            企业证书: 'enterprise',
            法定代表人证书: 'legalRepresentative',
            个人证书: 'individual',
            经办人证书: 'operator',
          },
        },
      ],
    },
  },
];
