/** Arc of the demo vendors' own identifiers: UUID 18280cce-9825-4721-824a-5310e3ceffbf (ITU-T X.667). */
const ARC = '2.25.32109423530182883467652658545036296127';

export const VENDOR_OID = {
  a: { holderKind: `${ARC}.1.1`, keyNo: `${ARC}.1.2`, personIdNo: `${ARC}.1.4` },
  b: {
    policy: {
      enterprise: `${ARC}.2.1.1`,
      legalRepresentative: `${ARC}.2.1.2`,
      individual: `${ARC}.2.1.3`,
      operator: `${ARC}.2.1.4`,
    },
    mediumNo: `${ARC}.2.2`,
  },
  c: { uscc: `${ARC}.3.1` },
  medium: `${ARC}.9.2`,
  timeStampPolicy: `${ARC}.9.1`,
} as const;

/** 2.5.4.41: a person's full name, which in Chinese does not come apart into surname and given name by rule. */
export const PERSON_NAME_OID = '2.5.4.41';
