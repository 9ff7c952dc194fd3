import { addDays } from '@hufu/kernel';
import { conditionTest } from '../condition.ts';
import { canonicalDecimal, compareCanonical } from '../decimal.ts';
import type { Field, FileValue, Value, Values } from '../field.ts';
import { optionsOf } from '../options.ts';
import { fromPattern } from './from-pattern.ts';
import { exampleAccount, exampleIdCard, exampleMobile, examplePhone, exampleUscc } from './numbers.ts';
import type { Dice } from './random.ts';
import { wordsFor } from './words.ts';

/** What examples are drawn with. Days go up and amounts go down in the order of the form: so most checks hold. */
export type Draw = {
  readonly dice: Dice;
  readonly today: string;
  readonly file: (field: Field, index: number) => FileValue;
  readonly reference: (field: Field) => string | undefined;
  /** Moves on with every day and number that is drawn. */
  readonly cursor: { past: string; future: string; decimal: number; whole: number };
};

const HEX = '0123456789abcdef';

/** A file that no store holds. */
export const drawnFile =
  (dice: Dice) =>
  (field: Field, index: number): FileValue => {
    const mediaType = (field.kind === 'files' ? field.mediaTypes?.[0] : undefined) ?? 'application/pdf';
    return {
      sha256: dice.text(HEX, 64),
      name: `${field.label.zh.replaceAll(/[/\\]/g, '、')}${index + 1}.${mediaType.split('/')[1]}`,
      size: dice.whole(20_000, 900_000),
      mediaType,
    };
  };

function day(field: Field & { readonly kind: 'date' }, { dice, cursor, today }: Draw): string {
  if (field.notAfterToday === true) {
    const left = (Date.parse(today) - Date.parse(cursor.past)) / 86_400_000;
    cursor.past = addDays(cursor.past, dice.whole(1, Math.max(1, Math.floor(left / 8))));
    if (cursor.past > today) cursor.past = today;
    return cursor.past;
  }
  cursor.future = addDays(cursor.future, dice.whole(1, 400));
  return cursor.future;
}

function decimal(field: Field & { readonly kind: 'decimal' }, { dice, cursor }: Draw): string {
  cursor.decimal = Math.max(1, Math.floor(cursor.decimal / dice.whole(2, 4)));
  const fraction = dice.text('0123456789', Math.min(2, field.decimals));
  const text = canonicalDecimal(`${cursor.decimal}.${fraction}`) ?? '1';
  if (field.max !== undefined && compareCanonical(text, field.max) > 0) return canonicalDecimal(field.max)!;
  return field.min !== undefined && compareCanonical(text, field.min) < 0
    ? canonicalDecimal(field.min)!
    : text;
}

function whole(field: Field & { readonly kind: 'integer' }, { dice, cursor }: Draw): number {
  cursor.whole = Math.max(1, Math.floor(cursor.whole / dice.whole(3, 5)));
  const most = Math.min(field.max ?? cursor.whole, cursor.whole);
  return Math.max(field.min ?? 0, most);
}

function codes(field: Field & { readonly kind: 'choices' }, values: Values, dice: Dice): readonly string[] {
  const options = optionsOf(field, values);
  const least = Math.max(1, field.min ?? 1);
  const wanted = dice.whole(least, Math.max(least, Math.min(3, options.length)));
  const from = dice.whole(0, Math.max(0, options.length - wanted));
  return options.slice(from, from + wanted).map((option) => option.code);
}

function choice(field: Field, values: Values, dice: Dice): string | undefined {
  const options = optionsOf(field, values);
  // A list that is not loaded accepts what looks like a code.
  if (options.length === 0) return field.kind === 'choice' && 'codeList' in field ? '000000' : undefined;
  return dice.pick(options).code;
}

function rows(field: Field & { readonly kind: 'rows' }, { dice, today }: Draw): Value {
  return Array.from({ length: dice.whole(1, Math.min(2, field.max)) }, (_, i) =>
    Object.fromEntries(
      field.columns.map((column) => [
        column.name,
        column.kind === 'date' ? addDays(today, -400 * (3 - i)) : `${column.label.zh}${i + 1}`,
      ]),
    ),
  );
}

/** A valid value of a field, or undefined where none can be drawn (no options, no record to refer to). */
export function sampleValue(field: Field, values: Values, draw: Draw): Value | undefined {
  const { dice, today } = draw;
  switch (field.kind) {
    case 'text':
      return field.pattern === undefined ? wordsFor(field, dice) : fromPattern(field.pattern.regex, dice);
    case 'uscc':
      return exampleUscc(dice);
    case 'id-number':
      return field.card === undefined || conditionTest(field.card)(values)
        ? exampleIdCard(dice)
        : `E${dice.text('0123456789', 8)}`;
    case 'mobile':
      return exampleMobile(dice);
    case 'phone':
      return examplePhone(dice);
    case 'email':
      return `${dice.text('abcdefghijk', 6)}@example.cn`;
    case 'url':
      return `https://www.example.cn/${dice.text('abcdefghijk', 8)}`;
    case 'account-number':
      return exampleAccount(dice);
    case 'date':
      return day(field, draw);
    case 'year':
      return Number(today.slice(0, 4)) - dice.whole(0, 6);
    case 'decimal':
      return decimal(field, draw);
    case 'integer':
      return whole(field, draw);
    case 'boolean':
      return dice.chance(0.5);
    case 'choice':
      return choice(field, values, dice);
    case 'choices':
      return codes(field, values, dice);
    case 'counts':
      return Object.fromEntries(field.options.map((option) => [option.code, dice.whole(0, 1)]));
    case 'files':
      return Array.from({ length: Math.max(1, field.min ?? 1) }, (_, i) => draw.file(field, i));
    case 'reference':
      return draw.reference(field);
    case 'rows':
      return rows(field, draw);
  }
}
