import { parseIdCard } from '@hufu/kernel';
import { holds } from '../../engine/condition.ts';
import type { Values } from '../../engine/field.ts';
import { IS_CARD } from './choices.ts';
import { options } from './labels.ts';

// GB/T 2261.1-2003
export const GENDERS = options({ '1': ['男', 'Male'], '2': ['女', 'Female'] });

/** The last day of the calendar: whether a birth lies ahead is the field's own check. */
const END_OF_TIME = Date.parse('9999-12-31T00:00:00Z');

/** Gender and birth as the number of an identity card says (GB 11643-1999); nothing of other papers. */
export function fromIdCard(values: Values): Values {
  const number = values['idNo'];
  if (typeof number !== 'string' || !holds(IS_CARD, values)) return {};
  try {
    const { birthDate, gender } = parseIdCard(number, END_OF_TIME);
    return { birthDate, gender: gender === 'male' ? '1' : '2' };
  } catch {
    return {};
  }
}
