import type { RaApplicant, RaForm, RaKind, RaSlot } from '@hufu/contracts';

/** 交易平台选择, 认领企业, 上传营业执照 (or 身份证), 填写证书信息, 上传申请书, 提交 (MOB-010 … MOB-014). */
export type StepId = 'platform' | 'enterprise' | 'materials' | 'certificate' | 'form' | 'submit';

export type FormField = keyof RaForm;

/** What decides the way through the wizard. */
export type OrderShape = {
  readonly kind: RaKind;
  readonly applicant: RaApplicant;
  readonly slots: readonly { readonly slot: RaSlot; readonly required: boolean }[];
};

/** Where each thing that is handed in belongs. */
const SLOT_STEP: Readonly<Record<RaSlot, StepId>> = {
  LICENCE: 'materials',
  LEGAL_REP_ID: 'materials',
  ID_COPY: 'materials',
  SEAL_IMAGE: 'certificate',
  LEGAL_SEAL_IMAGE: 'certificate',
  SIGN_IMAGE: 'certificate',
  APPLICATION_FORM: 'form',
  SIGNATURE_SAMPLE: 'form',
};

const ENTERPRISE: readonly StepId[] = [
  'platform',
  'enterprise',
  'materials',
  'certificate',
  'form',
  'submit',
];
const PERSON: readonly StepId[] = ['platform', 'materials', 'certificate', 'form', 'submit'];
/** The platform and the enterprise are those of the certificate that is renewed. */
const RENEWAL: readonly StepId[] = ['materials', 'certificate', 'form', 'submit'];
const CANCELLATION: readonly StepId[] = ['materials', 'form', 'submit'];

const OF_ENTERPRISE: Readonly<Record<StepId, readonly FormField[]>> = {
  platform: ['platform'],
  enterprise: ['enterpriseName', 'uscc'],
  materials: ['legalRepName', 'legalRepIdNo'],
  certificate: ['authority', 'sealOrg', 'years'],
  form: [],
  submit: [],
};
const OF_PERSON: Readonly<Record<StepId, readonly FormField[]>> = {
  ...OF_ENTERPRISE,
  enterprise: [],
  materials: [],
};

/** The fields that a step asks for. */
export function fieldsOf(step: StepId, { applicant, kind }: OrderShape): readonly FormField[] {
  if (kind === 'CANCEL') return [];
  if (applicant === 'ENTERPRISE') {
    return kind === 'RENEW' && step === 'materials' ? [] : OF_ENTERPRISE[step];
  }
  return applicant === 'EXPERT' && step === 'certificate'
    ? ['expertNo', ...OF_PERSON.certificate]
    : OF_PERSON[step];
}

/** What a step asks to hand in. */
export const slotsOf = <S extends { readonly slot: RaSlot }>(
  step: StepId,
  slots: readonly S[],
): readonly S[] => slots.filter(({ slot }) => SLOT_STEP[slot] === step);

function wayOf({ kind, applicant }: OrderShape): readonly StepId[] {
  if (kind === 'RENEW') return RENEWAL;
  if (kind === 'CANCEL') return CANCELLATION;
  return applicant === 'ENTERPRISE' ? ENTERPRISE : PERSON;
}

/** The steps of an order, in their order; one that would ask for nothing is left out. */
export function stepsOf(order: OrderShape): readonly StepId[] {
  return wayOf(order).filter(
    (step) => step === 'submit' || fieldsOf(step, order).length > 0 || slotsOf(step, order.slots).length > 0,
  );
}

/** The step that holds a field or a slot that the server complains about; undefined when none does. */
export function stepHolding(name: string, order: OrderShape): StepId | undefined {
  return stepsOf(order).find(
    (step) =>
      fieldsOf(step, order).some((field) => field === name) ||
      slotsOf(step, order.slots).some(({ slot }) => slot === name),
  );
}
