import type { Field } from '../../engine/field.ts';
import { label, TEN_THOUSAND_YUAN } from '../shared/labels.ts';

/** An amount of more than nothing, in 万元. */
export const money = (name: string, zh: string, en: string): Field => ({
  kind: 'decimal',
  decimals: 6,
  positive: true,
  unit: TEN_THOUSAND_YUAN,
  name,
  label: label(zh, en),
});
