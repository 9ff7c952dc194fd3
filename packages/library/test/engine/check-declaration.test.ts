import { describe, expect, test } from 'vitest';
import { checkDeclaration, checkDeclarations, type Field, NONE, type RecordType } from '../../src/index.ts';
import { sampleType } from './sample-types.ts';

const label = { zh: '某', en: 'Some' };
const withField = (field: Partial<Field> & { readonly name: string }): RecordType => ({
  ...sampleType,
  sections: [
    ...sampleType.sections,
    { name: 'more', label, fields: [{ kind: 'boolean', label, ...field } as Field] },
  ],
});
const withLifeCycle = (more: Partial<RecordType['lifeCycle']>): RecordType => ({
  ...sampleType,
  lifeCycle: { ...sampleType.lifeCycle, ...more },
});
const [first, ...others] = sampleType.lifeCycle.events;

const BROKEN: readonly (readonly [problem: string, type: RecordType, says: RegExp])[] = [
  ['a name in another style', { ...sampleType, name: 'SampleRecord' }, /kebab-case/],
  ['no label', { ...sampleType, label: { zh: '', en: 'x' } }, /label/],
  ['no requirement', { ...sampleType, requirements: [] }, /stands for none/],
  ['a title that is no field', { ...sampleType, title: 'nobody' }, /title: nobody is no field/],
  ['an expiry that is no day', { ...sampleType, expires: 'name' }, /expires: it is no date/],
  [
    'a list column that is no field',
    { ...sampleType, list: { columns: ['nobody'], filters: [] } },
    /list columns: nobody/,
  ],
  [
    'a filter that is no field',
    { ...sampleType, list: { columns: [], filters: ['nobody'] } },
    /list filters: nobody/,
  ],
  [
    'a sort by no field',
    { ...sampleType, list: { columns: [], filters: [], sort: '-nobody' } },
    /list sort: nobody/,
  ],
  [
    'a sort by what is sealed',
    { ...sampleType, list: { columns: [], filters: [], sort: '-mobile' } },
    /list sort: mobile is personal/,
  ],
  [
    'a sort by a title that is sealed',
    { ...sampleType, title: 'mobile', list: { columns: [], filters: [], sort: 'title' } },
    /list sort: title is personal/,
  ],
  [
    'uniqueness of no field',
    { ...sampleType, unique: [{ fields: ['nobody'], code: 'LIB_X', says: label }] },
    /unique: nobody/,
  ],
  ['a field twice', withField({ name: 'name' }), /field name: it is there twice/],
  ['a field that an object has already', withField({ name: 'constructor' }), /camelCase/],
  ['a label in one language', withField({ name: 'more', label: { zh: '某', en: ' ' } }), /lacks a label/],
  [
    'a condition on no field',
    withField({ name: 'more', visible: { not: { field: 'nobody', filled: true } } }),
    /names nobody/,
  ],
  [
    'a condition on no option',
    withField({ name: 'more', visible: { field: 'grade', is: 'C' } }),
    /asks grade for C/,
  ],
  [
    'a yes-or-no asked of a choice',
    withField({ name: 'more', visible: { field: 'grade', is: true } }),
    /for a yes-or-no/,
  ],
  ['a requirement at no event', withField({ name: 'more', required: { at: ['fly'] } }), /fly is no event/],
  [
    'options that depend on nothing',
    withField({ kind: 'choice', dependsOn: 'nobody', optionsOf: {}, name: 'more' }),
    /depends on nobody/,
  ],
  [
    'an option twice',
    withField({
      kind: 'choice',
      options: [
        { code: 'A', label },
        { code: 'A', label },
      ],
      name: 'more',
    }),
    /option A is there twice/,
  ],
  ['no options', withField({ kind: 'choice', options: [], name: 'more' }), /options is empty/],
  ['a least above its most', withField({ kind: 'integer', min: 3, max: 2, name: 'more' }), /min is greater/],
  [
    'a state that nothing leads to',
    withLifeCycle({ states: [...sampleType.lifeCycle.states, { name: 'lost', label, tone: 'good' }] }),
    /state lost: no event leads there/,
  ],
  [
    'an event to no state',
    withLifeCycle({ events: [{ ...first!, to: 'nowhere' }, ...others] }),
    /nowhere is no state/,
  ],
  [
    'an event that nobody sets off',
    withLifeCycle({ events: [{ ...first!, by: [] }, ...others] }),
    /nobody may/,
  ],
  [
    'an event without a button',
    withLifeCycle({ events: [...others, { name: 'fly', from: [NONE], to: 'editing', by: ['primary'] }] }),
    /no button/,
  ],
  [
    'two ways out with one name',
    withLifeCycle({ events: [first!, first!, ...others] }),
    /two events are save from none/,
  ],
  [
    'a guard without words',
    withLifeCycle({
      events: [{ ...first!, guards: [{ otherwise: 'LIB_NOT_THERE', holds: () => true }] }, ...others],
    }),
    /error register/,
  ],
  [
    'a derivation of a typed field',
    { ...sampleType, derive: () => ({ name: 'x' }) },
    /computes name, which is no derived field/,
  ],
  [
    'rules that no example keeps',
    {
      ...sampleType,
      checks: [{ code: 'LIB_X', says: label, fields: ['name'], severity: 'error', holds: () => false }],
    },
    /no example keeps every rule/,
  ],
];

describe('a declaration is told what it forgot', () => {
  test('the sample has no fault', () => {
    expect(checkDeclaration(sampleType)).toEqual([]);
  });

  test.each(BROKEN)('%s', (_problem, type, says) => {
    expect(checkDeclaration(type).join('\n')).toMatch(says);
  });
});

test('between declarations: names twice, references and parents that point nowhere', () => {
  const orphan = { ...sampleType, name: 'orphan', parent: 'nobody' };
  const problems = checkDeclarations([sampleType, sampleType, orphan]);
  expect(problems).toContain('sample-record: it is there twice');
  expect(problems).toContain('sample-record: person is no record type');
  expect(problems).toContain('orphan: nobody is no record type');
});
