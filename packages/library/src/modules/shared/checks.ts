import type { Label, Value, Values } from '../../engine/field.ts';
import type { Check } from '../../engine/record-type.ts';
import { label } from './labels.ts';

const isDay = (value: Value | undefined): value is string => typeof value === 'string' && value !== '';

/** Checked where both days are filled. As text, days sort in order. */
export function dateOrder({
  first,
  last,
  strict = false,
  says,
  at,
  shown = {},
}: {
  first: string;
  last: string;
  /** The same day is refused too. */
  strict?: boolean;
  says: Label;
  at?: readonly string[];
  /** What must hold for both to be shown. */
  shown?: Values;
}): Check {
  return {
    code: 'LIB_DATE_ORDER',
    says,
    fields: [last],
    severity: 'error',
    ...(at === undefined ? {} : { at }),
    holds: ({ values }) => {
      const [a, b] = [values[first], values[last]];
      if (!isDay(a) || !isDay(b)) return true;
      return strict ? a < b : a <= b;
    },
    breaks: (values) => ({ ...values, ...shown, [first]: '2020-03-02', [last]: '2020-03-01' }),
  };
}

/** Told, not refused: a paper of the past may be kept, but a platform will not take it for a present one. */
export function notExpired(field: string): Check {
  return {
    code: 'LIB_EXPIRED',
    says: label('有效期已过，请确认是否需要更新', 'The period of validity is over: is there a newer one?'),
    fields: [field],
    severity: 'warning',
    holds: ({ values, today }) => {
      const day = values[field];
      return !isDay(day) || day >= today;
    },
  };
}

/** NFKC, without spaces: brackets of both widths are the same (OD-08). */
const plain = (name: string): string => name.normalize('NFKC').replaceAll(/\s/g, '');

/** Told, not refused: a unit's name that is not the owner's. */
export function sameAsEntity(field: string, says: Label): Check {
  return {
    code: 'LIB_NAME_DIFFERS',
    says,
    fields: [field],
    severity: 'warning',
    holds: ({ values, entity }) => {
      const name = values[field];
      return typeof name !== 'string' || name === '' || plain(name) === plain(entity.name);
    },
  };
}

/** Told, not refused: the usual form of a number, which old or foreign papers need not have. */
export function usualForm(field: string, regex: RegExp, says: Label): Check {
  return {
    code: 'LIB_FORMAT_UNUSUAL',
    says,
    fields: [field],
    severity: 'warning',
    holds: ({ values }) => {
      const text = values[field];
      return typeof text !== 'string' || text === '' || regex.test(text);
    },
  };
}
