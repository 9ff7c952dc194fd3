import type { RaApplicant, RaForm, RaKind } from '@hufu/contracts';
import { isUscc, normaliseUscc, parseIdCard, parsePhone } from '@hufu/kernel';
import type { Complaint } from '../../../infra/http/listed-error.ts';

export type FormContext = {
  readonly applicant: RaApplicant;
  readonly kind: RaKind;
  readonly channel: 'APP' | 'COUNTER' | 'ONLINE';
  readonly now: number;
  readonly platforms: ReadonlySet<string>;
  readonly authorities: ReadonlySet<string>;
  readonly sealOrgs: ReadonlySet<string>;
  /** Years for which there is a price. */
  readonly years: ReadonlySet<number>;
};

const complaint = (path: string, code: string, zh: string, en: string): Complaint => ({
  path,
  code,
  says: { zh, en },
});

const missing = (path: keyof RaForm, label: string): Complaint =>
  complaint(path, 'MISSING', `请填写${label}`, 'Required');

/** GB 11643, told without the number. */
export function isIdNumber(text: string, now: number): boolean {
  try {
    parseIdCard(text, now);
    return true;
  } catch {
    return false;
  }
}

function isPhone(text: string): boolean {
  try {
    parsePhone(text);
    return true;
  } catch {
    return false;
  }
}

function unitComplaints(form: RaForm, now: number): (Complaint | undefined)[] {
  return [
    form.enterpriseName.length < 2 ? missing('enterpriseName', '企业名称') : undefined,
    isUscc(form.uscc)
      ? undefined
      : complaint('uscc', 'USCC', '统一社会信用代码校验不通过', 'Not a valid unified social credit code'),
    form.legalRepName === '' ? missing('legalRepName', '法人姓名') : undefined,
    isIdNumber(form.legalRepIdNo, now)
      ? undefined
      : complaint('legalRepIdNo', 'ID_NUMBER', '法人身份证号校验不通过', 'Not a valid ID number'),
  ];
}

/** F-MOBAPP and F-CAAPP, field by field. */
export function complaintsOf(form: RaForm, context: FormContext): Complaint[] {
  const { applicant, channel, now } = context;
  const known = (path: keyof RaForm, set: ReadonlySet<string>, label: string) =>
    set.has(String(form[path])) ? undefined : complaint(path, 'CHOICE', `请选择${label}`, 'Choose one');
  const found = [
    channel === 'APP' ? known('platform', context.platforms, '交易平台') : undefined,
    ...(applicant === 'ENTERPRISE' ? unitComplaints(form, now) : []),
    known('authority', context.authorities, 'CA机构'),
    applicant === 'ENTERPRISE' ? known('sealOrg', context.sealOrgs, '签章机构') : undefined,
    context.years.size === 0 || context.years.has(form.years)
      ? undefined
      : complaint('years', 'CHOICE', '请选择年限', 'Choose the years'),
    applicant === 'EXPERT' && !/^[A-Za-z0-9-]{4,40}$/.test(form.expertNo)
      ? complaint(
          'expertNo',
          'EXPERT_NO',
          '请填写评标专家编号（4至40位字母、数字或短横线）',
          'Enter the expert number',
        )
      : undefined,
    channel === 'ONLINE' && form.mailAddress.length < 5 ? missing('mailAddress', '邮寄地址') : undefined,
    form.contactPhone === '' || isPhone(form.contactPhone)
      ? undefined
      : complaint('contactPhone', 'PHONE', '联系电话格式不正确', 'Not a telephone number'),
  ];
  return found.filter((one) => one !== undefined);
}

/** As it is stored: full-width digits and small letters made right (OD-01). */
export const normaliseForm = (form: RaForm): RaForm => ({
  ...form,
  uscc: normaliseUscc(form.uscc),
  legalRepIdNo: form.legalRepIdNo.normalize('NFKC').trim().toUpperCase(),
});
