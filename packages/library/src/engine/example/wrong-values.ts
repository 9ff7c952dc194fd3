import { addDays } from '@hufu/kernel';
import type { Field, FileValue, Value } from '../field.ts';
import { MAX_FILES } from '../kinds/lists.ts';

/** A value that one rule of a field refuses. */
export type Wrong = {
  readonly rule: string;
  readonly value: unknown;
  readonly code: string;
  /** Of the path, behind the field's name. */
  readonly at?: string;
};

type Given = { readonly value: Value; readonly today: string };

const wrongType = (code: string, value: unknown = { not: 'this' }): Wrong => ({
  rule: 'of a wrong type',
  value,
  code,
});

function wrongText(field: Field & { readonly kind: 'text' }): readonly Wrong[] {
  const broken: Wrong[] = [
    wrongType('LIB_TEXT', 7),
    { rule: 'too long', value: '长'.repeat(field.max + 1), code: 'LIB_TOO_LONG' },
    { rule: 'with a control character', value: '好\u0007的', code: 'LIB_CHARACTERS' },
  ];
  if ((field.min ?? 1) > 1) broken.push({ rule: 'too short', value: '一', code: 'LIB_TOO_SHORT' });
  if (field.pattern !== undefined) {
    const value = ['？', 'x', '0'].find((text) => !field.pattern!.regex.test(text.normalize('NFKC')));
    if (value !== undefined) broken.push({ rule: 'of a wrong form', value, code: 'LIB_PATTERN' });
  }
  return broken;
}

/** The last digit replaced by its neighbour: no single one is right but the right one. */
function wrongCheckDigit(text: string): string {
  const last = text.at(-1)!;
  return text.slice(0, -1) + (last === '0' ? '1' : '0');
}

function wrongDecimal(field: Field & { readonly kind: 'decimal' }): readonly Wrong[] {
  return [
    wrongType('LIB_DECIMAL'),
    { rule: 'in powers of ten', value: '1e3', code: 'LIB_DECIMAL' },
    { rule: 'with too many decimals', value: `1.${'0'.repeat(field.decimals)}1`, code: 'LIB_DECIMALS' },
    { rule: 'with too many digits', value: '9'.repeat(19), code: 'LIB_DIGITS' },
    ...(field.positive === true ? [{ rule: 'zero', value: '0', code: 'LIB_POSITIVE' }] : []),
    ...(field.min === undefined || field.positive === true
      ? []
      : [{ rule: 'below its least', value: String(Number(field.min) - 1), code: 'LIB_MIN' }]),
    ...(field.max === undefined
      ? []
      : [{ rule: 'above its most', value: String(Number(field.max) + 1), code: 'LIB_MAX' }]),
  ];
}

function wrongInteger(field: Field & { readonly kind: 'integer' }): readonly Wrong[] {
  return [
    wrongType('LIB_INTEGER'),
    { rule: 'with a fraction', value: 1.5, code: 'LIB_INTEGER' },
    ...(field.min === undefined ? [] : [{ rule: 'below its least', value: field.min - 1, code: 'LIB_MIN' }]),
    ...(field.max === undefined ? [] : [{ rule: 'above its most', value: field.max + 1, code: 'LIB_MAX' }]),
  ];
}

function wrongFiles(
  field: Field & { readonly kind: 'files' },
  files: readonly FileValue[],
): readonly Wrong[] {
  const file = files[0]!;
  const max = field.max ?? MAX_FILES;
  const many = Array.from({ length: max + 1 }, (_, i) => ({ ...file, sha256: String(i).padStart(64, '0') }));
  const cases: Wrong[] = [
    wrongType('LIB_FILES', 'file.pdf'),
    { rule: 'without a digest', value: [{ ...file, sha256: 'x' }], code: 'LIB_FILES', at: '.0' },
    { rule: 'named like a path', value: [{ ...file, name: '../a.pdf' }], code: 'LIB_FILES', at: '.0' },
    { rule: 'too many', value: many, code: 'LIB_MANY' },
  ];
  if (max > 1) cases.push({ rule: 'twice', value: [file, file], code: 'LIB_TWICE', at: '.1' });
  if (field.mediaTypes !== undefined) {
    const value = [{ ...file, mediaType: 'application/x-msdownload' }];
    cases.push({ rule: 'of a kind that is not accepted', value, code: 'LIB_FILE_KIND', at: '.0' });
  }
  if ((field.min ?? 1) > 1) cases.push({ rule: 'too few', value: [file], code: 'LIB_FEW' });
  return cases;
}

function wrongRows(field: Field & { readonly kind: 'rows' }): readonly Wrong[] {
  const required = field.columns.find((column) => column.required);
  const other = field.columns.find((column) => column !== required);
  const cases: Wrong[] = [
    wrongType('LIB_ROWS', 'row'),
    { rule: 'with a strange column', value: [{ noSuchColumn: 'x' }], code: 'LIB_ROWS', at: '.0' },
    { rule: 'too many', value: Array.from({ length: field.max + 1 }, () => ({})), code: 'LIB_MANY' },
  ];
  if (required !== undefined && other !== undefined) {
    const value = [{ [other.name]: other.kind === 'date' ? '2020-01-01' : '甲' }];
    cases.push({ rule: `without ${required.name}`, value, code: 'LIB_REQUIRED', at: `.0.${required.name}` });
  }
  return cases;
}

function wrongChoices(
  field: Field & { readonly kind: 'choices' },
  codes: readonly string[],
): readonly Wrong[] {
  const cases: Wrong[] = [
    wrongType('LIB_CHOICES', codes[0]),
    { rule: 'of no option', value: ['no such option'], code: 'LIB_CHOICES' },
    { rule: 'twice', value: [codes[0], codes[0]], code: 'LIB_TWICE' },
  ];
  if ((field.min ?? 1) > 1) cases.push({ rule: 'too few', value: codes.slice(0, 1), code: 'LIB_FEW' });
  return cases;
}

/** Wrong values of a field, one for each rule of its shape, made from a right one. */
export function wrongValues(field: Field, { value, today }: Given): readonly Wrong[] {
  switch (field.kind) {
    case 'text':
      return wrongText(field);
    case 'uscc':
      return [
        wrongType('LIB_TEXT'),
        { rule: 'with a wrong check character', value: wrongCheckDigit(String(value)), code: 'USCC_CHECK' },
      ];
    case 'id-number':
      return [wrongType('LIB_TEXT'), ...wrongIdNumber(String(value))];
    case 'mobile':
      return [
        wrongType('LIB_TEXT'),
        { rule: 'no mobile number', value: '12345678901', code: 'PHONE_MOBILE' },
      ];
    case 'phone':
      return [wrongType('LIB_TEXT'), { rule: 'no telephone number', value: '12', code: 'PHONE_NUMBER' }];
    case 'email':
      return [wrongType('LIB_TEXT'), { rule: 'no address', value: 'someone@', code: 'LIB_EMAIL' }];
    case 'url':
      return [wrongType('LIB_TEXT'), { rule: 'a script', value: 'javascript:alert(1)', code: 'LIB_URL' }];
    case 'account-number':
      return [wrongType('LIB_TEXT'), { rule: 'too short', value: '1234567', code: 'LIB_ACCOUNT_NUMBER' }];
    case 'date':
      return [
        wrongType('LIB_DATE'),
        { rule: 'no day', value: '2026-02-30', code: 'LIB_DATE' },
        ...(field.notAfterToday === true
          ? [{ rule: 'after today', value: addDays(today, 1), code: 'LIB_DATE_FUTURE' }]
          : []),
      ];
    case 'year':
      return [
        wrongType('LIB_YEAR'),
        { rule: 'of two digits', value: '26', code: 'LIB_YEAR' },
        ...(field.notAfterThisYear === true
          ? [{ rule: 'to come', value: Number(today.slice(0, 4)) + 1, code: 'LIB_YEAR_FUTURE' }]
          : []),
      ];
    case 'decimal':
      return wrongDecimal(field);
    case 'integer':
      return wrongInteger(field);
    case 'boolean':
      return [wrongType('LIB_BOOLEAN', 'true')];
    case 'choice':
      return [wrongType('LIB_CHOICE'), { rule: 'of no option', value: 'no such option', code: 'LIB_CHOICE' }];
    case 'choices':
      return wrongChoices(field, value as readonly string[]);
    case 'counts':
      return [
        wrongType('LIB_COUNTS', 3),
        { rule: 'of no option', value: { noSuchOption: 1 }, code: 'LIB_COUNTS' },
        {
          rule: 'negative',
          value: { [field.options[0]!.code]: -1 },
          code: 'LIB_MIN',
          at: `.${field.options[0]!.code}`,
        },
      ];
    case 'files':
      return wrongFiles(field, value as readonly FileValue[]);
    case 'reference':
      return [wrongType('LIB_REFERENCE'), { rule: 'no id', value: '../1', code: 'LIB_REFERENCE' }];
    case 'rows':
      return wrongRows(field);
  }
}

const wrongIdNumber = (value: string): readonly Wrong[] =>
  /^\d{17}[\dX]$/.test(value)
    ? [
        { rule: 'with a wrong check digit', value: wrongCheckDigit(value), code: 'ID_CARD_CHECK' },
        { rule: 'too short', value: value.slice(0, 15), code: 'ID_CARD_FORM' },
      ]
    : [{ rule: 'no number of a paper', value: '？！', code: 'LIB_ID_NUMBER' }];
