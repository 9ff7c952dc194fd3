import type { RaOrder } from '@hufu/contracts';
import { maskIdNumber } from '@hufu/kernel';
import { useQuery } from '@tanstack/react-query';
import { apply } from '../i18n/apply.ts';
import { useTexts } from '../i18n/language.tsx';
import { order as texts } from '../i18n/order.ts';
import { CodeText, USCC_GROUPS } from '../ui/code-text.tsx';
import { type Fact, Facts } from '../ui/facts.tsx';
import { optionsQuery } from './order-queries.ts';
import { OrderPictures } from './pictures/order-pictures.tsx';
import { type FormField, fieldsOf, stepsOf } from './steps.ts';

/** What was filled in and handed in, folded away: it is long, and seldom needed. */
export function OrderContent({ order }: { order: RaOrder }) {
  const t = useTexts(texts);
  return (
    <details className="panel fold">
      <summary>{t.content}</summary>
      <Facts facts={useOrderFacts(order)} />
      <OrderPictures order={order} />
    </details>
  );
}

/** The form in words, in the order of the wizard. */
export function useOrderFacts(order: RaOrder): readonly Fact[] {
  const t = useTexts(apply);
  const options = useQuery(optionsQuery).data;
  const { form } = order;
  const named: Partial<Record<FormField, string | undefined>> = {
    platform: options?.platforms.find(({ code }) => code === form.platform)?.name,
    authority: options?.authorities.find(({ id }) => id === form.authority)?.name,
    sealOrg: options?.sealOrgs.find(({ id }) => id === form.sealOrg)?.name,
  };
  const shown = (field: FormField) => {
    const value = form[field];
    if (field === 'uscc') return <CodeText value={form.uscc} pattern={USCC_GROUPS} />;
    if (field === 'legalRepIdNo') return <span className="figures">{maskIdNumber(form.legalRepIdNo)}</span>;
    if (field === 'years') return form.years === 0 ? '' : t.yearsOf(form.years);
    return named[field] ?? String(value);
  };
  return stepsOf(order)
    .flatMap((step) => fieldsOf(step, order))
    .map((field) => ({ label: t.fields[field], value: shown(field) }));
}
