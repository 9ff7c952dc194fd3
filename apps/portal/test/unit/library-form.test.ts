import { type Issue, recordType, type Values } from '@hufu/library';
import { expect, test, vi } from 'vitest';
import { buttonOf, dialogsFrom, formOf, formsFrom } from '../../src/library/events/events.ts';
import { searchTree, treeOf } from '../../src/library/form/controls/code-tree.ts';
import { plainDecimal, wholeNumber } from '../../src/library/form/controls/number-controls.tsx';
import { createFormStore, topOf } from '../../src/library/form/form-store.ts';

const issue = (path: string, says = path): Issue => ({
  path,
  code: 'LIB_REQUIRED',
  says: { zh: says, en: says },
  severity: 'error',
});

/** `a` must be filled, `b` must not hold an x. */
const check = ({ a, b }: Values): readonly Issue[] => [
  ...(a ? [] : [issue('a')]),
  ...(typeof b === 'string' && b.includes('x') ? [issue('b')] : []),
];
const store = (initial: Values = {}) => createFormStore(initial, { derive: (values) => values, check });

test('GEN-011 a fault is told when its field is left, and everything that is missing when the form is sent', () => {
  const form = store();
  form.set('b', 'x');
  expect([...form.read().shown.keys()]).toEqual([]);
  form.leave('b');
  expect([...form.read().shown.keys()]).toEqual(['b']);
  form.leave('a');
  expect([...form.read().shown.keys()]).toEqual(['b']);
  expect(form.attempt().map(({ path }) => path)).toEqual(['a', 'b']);
  expect([...form.read().shown.keys()].sort()).toEqual(['a', 'b']);
  form.set('b', 'y');
  expect([...form.read().shown.keys()]).toEqual(['a']);
});

test('a field whose faults did not change keeps them, so that a key pressed elsewhere does not draw it anew', () => {
  const form = store();
  form.attempt();
  const before = form.read().shown.get('a');
  form.set('c', 'typed');
  expect(form.read().shown.get('a')).toBe(before);
});

test('what the server refused is told at its field until that field is changed', () => {
  const form = store({ a: 'filled' });
  form.refuse([issue('a', '已存在'), issue('rows.2.date')]);
  expect([...form.read().shown.keys()]).toEqual(['a', 'rows']);
  form.set('a', 'other');
  expect([...form.read().shown.keys()]).toEqual(['rows']);
  expect(topOf('rows.2.date')).toBe('rows');
});

test('what follows from the values is computed at every change, and listeners hear of it once', () => {
  const form = createFormStore(
    { a: 1 },
    { derive: (values) => ({ ...values, double: Number(values['a']) * 2 }), check: () => [] },
  );
  const heard = vi.fn();
  form.listen(heard);
  form.set('a', 4);
  expect(form.read().values['double']).toBe(8);
  expect(heard).toHaveBeenCalledTimes(1);
});

test('LIB-PROJ-15 steps under one title share a form; what cannot be a draft has a form of its own', () => {
  const project = recordType('project-general');
  const forms = formsFrom(project, 'submitted', ['maintain', 'submit', 'complete', 'change-leader']);
  expect(forms.map(({ event, draft }) => [event.name, draft?.name])).toEqual([
    ['submit', 'maintain'],
    ['complete', undefined],
  ]);
  expect(forms.map((form) => buttonOf(form)?.zh)).toEqual(['在建项目维护', '项目竣工']);
  expect(
    dialogsFrom(project, 'submitted', ['change-leader', 'maintain']).map(({ button }) => button?.zh),
  ).toEqual(['变更负责人']);
  const allowed = ['maintain', 'submit', 'complete'];
  expect(formOf(project, { state: 'submitted', event: 'maintain', allowed })?.event.name).toBe('submit');
  expect(formOf(project, { state: 'submitted', event: 'reopen', allowed })).toBeUndefined();
});

test('LIB-PROJ-14 a completed project whose performance is valid offers no step at all', () => {
  const project = recordType('project-general');
  expect(formsFrom(project, 'submitted', [])).toEqual([]);
  expect(dialogsFrom(project, 'submitted', [])).toEqual([]);
});

test('LIB-PERF-12 a project to be edited again opens as a form that is kept as a draft', () => {
  const [form] = formsFrom(recordType('project-water'), 'submitted', ['reopen']);
  expect(form?.event.name).toBe('reopen');
  expect(form?.draft).toBeUndefined();
});

const TREE = treeOf([
  { code: '15', label: { zh: '内蒙古自治区', en: 'Inner Mongolia' } },
  { code: '1501', label: { zh: '呼和浩特市', en: 'Hohhot' }, parent: '15' },
  { code: '150102', label: { zh: '新城区', en: 'Xincheng' }, parent: '1501' },
  { code: '6101', label: { zh: '西安市', en: 'Xi’an' } },
  { code: '610102', label: { zh: '新城区', en: 'Xincheng' }, parent: '6101' },
]);

test('a place is found by its name, its code, or with the name of what lies above it', () => {
  const codes = (query: string) => searchTree(TREE, query).map(({ code }) => code);
  expect(codes('新城区')).toEqual(['150102', '610102']);
  expect(codes('呼和浩特 新城')).toEqual(['150102']);
  expect(codes('6101')).toEqual(['6101', '610102']);
  expect(codes('没有')).toEqual([]);
  expect(TREE.above('150102')).toEqual(['15', '1501']);
});

test('GEN-011 a figure as pasted from a sheet is a figure; what is none stays, to be complained of', () => {
  expect(plainDecimal('１，２３４．５0')).toBe('1234.50');
  expect(plainDecimal(' 1,000,000 ')).toBe('1000000');
  expect(plainDecimal('12a')).toBe('12a');
  expect(wholeNumber('2,024')).toBe(2024);
  expect(wholeNumber('')).toBeNull();
  expect(wholeNumber('两千')).toBe('两千');
});
