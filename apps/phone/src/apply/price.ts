import type { RaApplicant, RaKind, RaOptions } from '@hufu/contracts';

type Asked = { readonly applicant: RaApplicant; readonly kind: RaKind };

const ofKind = ({ prices }: Pick<RaOptions, 'prices'>, { applicant, kind }: Asked) =>
  prices.filter((price) => price.applicant === applicant && price.kind === kind);

/** Terms that can be chosen, shortest first. */
export const termsOf = (options: Pick<RaOptions, 'prices'>, asked: Asked): readonly number[] =>
  [...new Set(ofKind(options, asked).map(({ years }) => years))].sort((a, b) => a - b);

/** 分; undefined when the price list does not say. */
export const priceOf = (
  options: Pick<RaOptions, 'prices'>,
  asked: Asked & { readonly years: number },
): number | undefined => ofKind(options, asked).find(({ years }) => years === asked.years)?.amount;
