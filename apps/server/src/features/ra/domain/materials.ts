import type { RaApplicant, RaKind, RaSlot } from '@hufu/contracts';

export type SlotRule = {
  readonly slot: RaSlot;
  readonly label: string;
  readonly required: boolean;
  /** More than one file, such as both sides of a card. */
  readonly several: boolean;
};

const slot = (name: RaSlot, label: string, rest: Partial<SlotRule> = {}): SlotRule => ({
  slot: name,
  label,
  required: true,
  several: false,
  ...rest,
});

/** CA-004 and F-MOBAPP. */
const ENTERPRISE: readonly SlotRule[] = [
  slot('LICENCE', '营业执照（加盖公章的复印件或原件照片）'),
  slot('LEGAL_REP_ID', '法定代表人身份证（正反面）', { several: true }),
  slot('SEAL_IMAGE', '公章图像'),
  slot('LEGAL_SEAL_IMAGE', '法定代表人章图像', { required: false }),
  slot('APPLICATION_FORM', '企业申请书（加盖公章）'),
];

/** CA-005, CA-006. */
const INDIVIDUAL: readonly SlotRule[] = [
  slot('ID_COPY', '身份证（正反面）', { several: true }),
  slot('SIGN_IMAGE', '签名图像'),
  slot('SIGNATURE_SAMPLE', '个人信息及电子签名采样表（本人签字）'),
];

/** What only ends or renews something needs the signed form alone; the rest was handed in before. */
const LIGHT: ReadonlySet<RaKind> = new Set(['RENEW', 'CANCEL', 'RESET_PIN']);
const FORMS: ReadonlySet<RaSlot> = new Set(['APPLICATION_FORM', 'SIGNATURE_SAMPLE']);

/** What is handed in for this business (CA-004 to CA-006). */
export function materialsOf({
  applicant,
  kind,
}: {
  readonly applicant: RaApplicant;
  readonly kind: RaKind;
}): readonly SlotRule[] {
  const all = applicant === 'ENTERPRISE' ? ENTERPRISE : INDIVIDUAL;
  if (!LIGHT.has(kind)) return all;
  return all.map((one) => ({ ...one, required: FORMS.has(one.slot) }));
}

/** Files in one slot. */
export const MOST_FILES = 4;

export type CheckItem =
  | 'MATERIAL'
  | 'LICENCE'
  | 'LEGAL_REP'
  | 'SEAL_CLEAR'
  | 'SEAL_MATCHES'
  | 'FORM_SEALED'
  | 'IDENTITY';

/** CA-020, CA-023: what must be looked at before an application is passed. */
export function checkItemsOf({
  applicant,
  kind,
}: {
  readonly applicant: RaApplicant;
  readonly kind: RaKind;
}): readonly CheckItem[] {
  const light = LIGHT.has(kind);
  if (applicant === 'ENTERPRISE') {
    return light
      ? ['MATERIAL', 'FORM_SEALED']
      : ['MATERIAL', 'LICENCE', 'LEGAL_REP', 'SEAL_CLEAR', 'SEAL_MATCHES', 'FORM_SEALED'];
  }
  return light ? ['MATERIAL', 'IDENTITY'] : ['MATERIAL', 'IDENTITY', 'SEAL_CLEAR', 'SEAL_MATCHES'];
}
