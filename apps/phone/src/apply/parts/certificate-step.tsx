import type { RaOrder } from '@hufu/contracts';
import { useEffect } from 'react';
import { apply } from '../../i18n/apply.ts';
import { useTexts } from '../../i18n/language.tsx';
import { PickList, SelectField, TextField } from '../../ui/form.tsx';
import { yuan } from '../money.ts';
import { priceOf, termsOf } from '../price.ts';
import { type FormField, fieldsOf } from '../steps.ts';
import { Slots } from './slots.tsx';
import { StepFault } from './step-fault.tsx';
import type { StepProps } from './step-props.ts';

/** 填写证书信息 (MOB-013): CA机构, 签章机构, 年限, seals. */
export function CertificateStep(props: StepProps) {
  const t = useTexts(apply);
  const { order, options, draft, errors } = props;
  const { form, change } = draft;
  const asks = (field: FormField) => fieldsOf('certificate', order).includes(field);
  const terms = termsOf(options, order);
  useOnlyChoice(props, terms);
  const amount = priceOf(options, { ...order, years: form.years });
  return (
    <>
      {asks('expertNo') ? (
        <TextField
          label={t.fields.expertNo}
          maxLength={40}
          autoComplete="off"
          error={errors['expertNo']}
          value={form.expertNo}
          onValue={(expertNo) => change({ expertNo })}
        />
      ) : null}
      {asks('authority') ? (
        <SelectField
          label={t.fields.authority}
          placeholder={t.chooseOne}
          disabled={keepsAuthority(order)}
          error={errors['authority']}
          value={form.authority}
          onValue={(authority) => change({ authority })}
          choices={options.authorities.map(({ id, name }) => ({ value: id, label: name }))}
        />
      ) : null}
      {asks('sealOrg') ? (
        <SelectField
          label={t.fields.sealOrg}
          placeholder={t.chooseOne}
          error={errors['sealOrg']}
          value={form.sealOrg}
          onValue={(sealOrg) => change({ sealOrg })}
          choices={options.sealOrgs.map(({ id, name }) => ({ value: id, label: name }))}
        />
      ) : null}
      {asks('years') && terms.length > 0 ? (
        <StepFault error={errors['years']}>
          <PickList
            label={t.fields.years}
            name="years"
            value={form.years === 0 ? '' : String(form.years)}
            onValue={(years) => change({ years: Number(years) })}
            choices={terms.map((years) => ({
              value: String(years),
              label: t.yearsOf(years),
              note: priceNote(priceOf(options, { ...order, years }), t),
            }))}
          />
        </StepFault>
      ) : null}
      <Slots step="certificate" {...props} />
      {terms.length > 0 && form.years > 0 ? (
        <p className="faint">{amount === undefined ? t.priceUnknown : t.price(yuan(amount))}</p>
      ) : null}
    </>
  );
}

const priceNote = (amount: number | undefined, t: { priceOf: (yuan: string) => string }): string =>
  amount === undefined ? '' : t.priceOf(yuan(amount));

/** The authority of a certificate that goes on is the one that issued it. */
const keepsAuthority = ({ kind, form }: RaOrder): boolean => kind === 'RENEW' && form.authority !== '';

/** Where there is only one thing to choose, it is chosen. */
function useOnlyChoice({ order, options, draft }: StepProps, terms: readonly number[]): void {
  const { form, change } = draft;
  const authority = only(options.authorities)?.id;
  const sealOrg = fieldsOf('certificate', order).includes('sealOrg') ? only(options.sealOrgs)?.id : undefined;
  const years = only(terms);
  useEffect(() => {
    const part = {
      ...(form.authority === '' && authority !== undefined && { authority }),
      ...(form.sealOrg === '' && sealOrg !== undefined && { sealOrg }),
      ...(form.years === 0 && years !== undefined && { years }),
    };
    if (Object.keys(part).length > 0) change(part);
  }, [form.authority, form.sealOrg, form.years, authority, sealOrg, years, change]);
}

const only = <T,>(items: readonly T[]): T | undefined => (items.length === 1 ? items[0] : undefined);
