import { LIBRARY_ERRORS } from '../errors.ts';
import { mentions } from './condition.ts';
import { exampleValues } from './example/example-values.ts';
import type { Condition, Field, Label } from './field.ts';
import { fieldsOf, userFields } from './fields.ts';
import { hasOptions } from './options.ts';
import { type Event, NONE, type RecordType, SAME } from './record-type.ts';
import { sortOf, storageOf } from './storage.ts';

/** Says what is wrong at which place of a declaration. */
type Tell = (place: string, problem: string) => void;

const TYPE_NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const FIELD_NAME = /^[a-z][A-Za-z0-9]*$/;
const CODE = /^[\w.-]{1,32}$/;
const ISSUE_CODE = /^LIB_[A-Z0-9_]+$/;
const MOST_COLUMNS = 6;

const isLabelled = (label: Label | undefined): boolean =>
  label !== undefined && label.zh.trim() !== '' && label.en.trim() !== '';

const repeated = (names: readonly string[]): readonly string[] =>
  names.filter((name, i) => names.indexOf(name) !== i);

function checkCondition(condition: Condition, { fields, place, tell }: At): void {
  for (const name of mentions(condition)) {
    if (!fields.has(name)) tell(place, `its condition names ${name}, which is no field`);
  }
  for (const atom of atomsOf(condition)) checkAtom(atom, { fields, place, tell });
}

type Atom = Extract<Condition, { field: string }>;
type At = { readonly fields: ReadonlyMap<string, Field>; readonly place: string; readonly tell: Tell };

function atomsOf(condition: Condition): readonly Atom[] {
  if ('all' in condition) return condition.all.flatMap(atomsOf);
  if ('any' in condition) return condition.any.flatMap(atomsOf);
  return 'not' in condition ? atomsOf(condition.not) : [condition];
}

/** A condition on a code that the field never has would never hold. */
function checkAtom(atom: Atom, { fields, place, tell }: At): void {
  const field = fields.get(atom.field);
  if (field === undefined || 'filled' in atom) return;
  if ('is' in atom && typeof atom.is === 'boolean') {
    if (field.kind !== 'boolean') tell(place, `its condition takes ${atom.field} for a yes-or-no`);
    return;
  }
  if (!hasOptions(field) || 'codeList' in field) return;
  const options = 'options' in field ? field.options : Object.values(field.optionsOf).flat();
  const known = new Set(options.map((option) => option.code));
  const wanted = 'in' in atom ? atom.in : [String(atom.is)];
  for (const code of wanted.filter((one) => !known.has(one))) {
    tell(place, `its condition asks ${atom.field} for ${code}, which is no option`);
  }
}

function checkOptions(field: Field, place: string, tell: Tell): void {
  if (!hasOptions(field) || 'codeList' in field) return;
  const lists = 'options' in field ? [field.options] : Object.values(field.optionsOf);
  for (const list of lists) {
    if (list.length === 0) tell(place, 'a list of options is empty');
    for (const code of repeated(list.map((option) => option.code)))
      tell(place, `option ${code} is there twice`);
    for (const option of list) {
      if (!CODE.test(option.code)) tell(place, `${option.code} is no code`);
      if (!isLabelled(option.label)) tell(place, `option ${option.code} lacks a label`);
    }
  }
}

function checkShape(field: Field, { fields, place, tell }: At): void {
  checkOptions(field, place, tell);
  if (field.kind === 'decimal' && (field.decimals < 0 || field.decimals > 12)) {
    tell(place, 'decimals are 0 to 12');
  }
  if ('min' in field && 'max' in field && field.min !== undefined && field.max !== undefined) {
    if (Number(field.min) > Number(field.max)) tell(place, 'its min is greater than its max');
  }
  if ('dependsOn' in field) checkEarlier(field, field.dependsOn, { fields, place, tell });
  if (field.kind === 'id-number' && field.card !== undefined) {
    for (const name of mentions(field.card)) checkEarlier(field, name, { fields, place, tell });
  }
  if (field.kind === 'text' && (field.min ?? 0) > field.max) tell(place, 'its min is greater than its max');
}

/** Fields are read in their order: one that decides how another is read stands before it. */
function checkEarlier(field: Field, name: string, { fields, place, tell }: At): void {
  const order = [...fields.keys()];
  if (!fields.has(name)) tell(place, `it depends on ${name}, which is no field`);
  else if (order.indexOf(name) > order.indexOf(field.name)) tell(place, `${name} must stand before it`);
}

function checkField(
  field: Field,
  { fields, tell, events }: Omit<At, 'place'> & { readonly events: ReadonlySet<string> },
): void {
  const place = `field ${field.name}`;
  if (!FIELD_NAME.test(field.name) || field.name in Object.prototype)
    tell(place, 'its name is no camelCase name');
  if (!isLabelled(field.label)) tell(place, 'it lacks a label in Chinese or English');
  const { required, visible, derivedWhen } = field;
  const when = typeof required === 'object' ? required.when : undefined;
  for (const condition of [visible, when, derivedWhen]) {
    if (condition !== undefined) checkCondition(condition, { fields, place, tell });
  }
  const named = [...(typeof required === 'object' ? (required.at ?? []) : []), ...(field.at ?? [])];
  for (const event of named.filter((name) => !events.has(name))) tell(place, `${event} is no event`);
  checkShape(field, { fields, place, tell });
}

function checkEvent(event: Event, { states, tell }: { states: ReadonlySet<string>; tell: Tell }): void {
  const place = `event ${event.name}`;
  if (event.from.length === 0) tell(place, 'it starts nowhere');
  if (event.by.length === 0) tell(place, 'nobody may set it off');
  for (const from of event.from) if (from !== NONE && !states.has(from)) tell(place, `${from} is no state`);
  if (event.to !== NONE && event.to !== SAME && !states.has(event.to)) tell(place, `${event.to} is no state`);
  if (event.to === SAME && event.from.includes(NONE)) tell(place, 'a record cannot stay as nothing');
  if (event.by.includes('primary') && !isLabelled(event.button))
    tell(place, 'a person sets it off, and it has no button');
  for (const guard of event.guards ?? []) {
    if (!(guard.otherwise in LIBRARY_ERRORS)) tell(place, `${guard.otherwise} is not in the error register`);
  }
}

function reachable(type: RecordType): ReadonlySet<string> {
  const reached = new Set<string>([NONE]);
  let before = 0;
  while (before < reached.size) {
    before = reached.size;
    for (const event of type.lifeCycle.events) {
      if (event.to !== SAME && event.from.some((from) => reached.has(from))) reached.add(event.to);
    }
  }
  return reached;
}

function checkLifeCycle(type: RecordType, tell: Tell): void {
  const { states, events } = type.lifeCycle;
  const names = states.map((state) => state.name);
  for (const name of repeated(names)) tell(`state ${name}`, 'it is there twice');
  const reached = reachable(type);
  for (const state of states) {
    const place = `state ${state.name}`;
    if (!TYPE_NAME.test(state.name) || state.name === NONE || state.name === SAME)
      tell(place, 'its name is no name of a state');
    if (!isLabelled(state.label)) tell(place, 'it lacks a label in Chinese or English');
    if (!reached.has(state.name)) tell(place, 'no event leads there');
    if (state.usable === true && state.ended === true) tell(place, 'what has ended cannot be used');
  }
  for (const event of events) checkEvent(event, { states: new Set(names), tell });
  const starts = events.flatMap((event) => event.from.map((from) => `${event.name} from ${from}`));
  for (const start of repeated(starts)) tell('life cycle', `two events are ${start}`);
}

function checkNames(type: RecordType, fields: ReadonlyMap<string, Field>, tell: Tell): void {
  const known = (place: string, names: readonly string[]): void => {
    for (const name of names.filter((one) => !fields.has(one))) tell(place, `${name} is no field`);
  };
  const sort = sortOf(type).name;
  known('title', [type.title]);
  known('expires', type.expires === undefined ? [] : [type.expires]);
  if (type.expires !== undefined && fields.get(type.expires)?.kind !== 'date')
    tell('expires', 'it is no date');
  known('list columns', type.list.columns);
  known('list filters', type.list.filters);
  known('list sort', ['updatedAt', 'createdAt', 'title', 'state'].includes(sort) ? [] : [sort]);
  // What is sealed has no order, and a day that is sealed is not reminded of.
  const isSealed = (name: string): boolean => fields.get(name)?.privacy === 'personal';
  if (isSealed(sort === 'title' ? type.title : sort)) tell('list sort', `${sort} is personal`);
  if (type.expires !== undefined && isSealed(type.expires)) tell('expires', 'it is personal');
  if (type.list.columns.length > MOST_COLUMNS) tell('list columns', `more than ${MOST_COLUMNS}`);
  for (const unique of type.unique ?? []) {
    known('unique', unique.fields);
    if (!ISSUE_CODE.test(unique.code) || !isLabelled(unique.says))
      tell('unique', 'it lacks a code or its words');
    if (unique.when !== undefined) checkCondition(unique.when, { fields, place: 'unique', tell });
  }
  for (const check of type.checks ?? []) {
    known(`check ${check.code}`, check.fields);
    if (check.fields.length === 0) tell(`check ${check.code}`, 'it is shown nowhere');
    if (!ISSUE_CODE.test(check.code) || !isLabelled(check.says))
      tell(`check ${check.code}`, 'it lacks its words');
  }
}

/** What runs over the declaration: a derivation, an example, a column that no store could make. */
function checkWorking(type: RecordType, tell: Tell): void {
  const derived = userFields(type).filter((field) => field.source === 'derived');
  if (derived.length > 0 && type.derive === undefined) tell('derive', 'nothing computes the derived fields');
  const stray = Object.keys(type.derive?.({}) ?? {}).filter(
    (name) => !derived.some((field) => field.name === name),
  );
  for (const name of stray) tell('derive', `it computes ${name}, which is no derived field`);
  for (const name of repeated(storageOf(type).columns.map((column) => column.name))) {
    tell('storage', `two fields have the column ${name}`);
  }
  for (const name of repeated(storageOf(type).indexes.map((index) => index.name))) {
    tell('storage', `two indexes are called ${name}`);
  }
  try {
    exampleValues(type, { seed: 1 });
  } catch {
    tell('example', 'no example keeps every rule: help with `example`');
  }
}

/**
 * What is inconsistent in a declaration, one sentence each; empty for a sound one. The tests run it over every module,
 * so that a fourteenth one is told what it forgot before anybody uses it.
 */
export function checkDeclaration(type: RecordType): readonly string[] {
  const problems: string[] = [];
  const tell: Tell = (place, problem) => problems.push(`${type.name}: ${place}: ${problem}`);
  const all = fieldsOf(type);
  const fields = new Map(all.map((field) => [field.name, field]));
  const events = new Set(type.lifeCycle.events.map((event) => event.name));
  if (!TYPE_NAME.test(type.name)) tell('name', 'it is not kebab-case');
  if (!isLabelled(type.label)) tell('label', 'it lacks Chinese or English');
  if (type.requirements.length === 0) tell('requirements', 'it stands for none');
  for (const section of type.sections)
    if (!isLabelled(section.label)) tell(`section ${section.name}`, 'it lacks a label');
  for (const name of repeated(type.sections.map((section) => section.name)))
    tell(`section ${name}`, 'it is there twice');
  for (const name of repeated(all.map((field) => field.name))) tell(`field ${name}`, 'it is there twice');
  for (const field of all) checkField(field, { fields, tell, events });
  checkNames(type, fields, tell);
  checkLifeCycle(type, tell);
  if (problems.length === 0) checkWorking(type, tell);
  return problems;
}

function pointsNowhere(type: RecordType, names: ReadonlySet<string>): readonly string[] {
  const own = type.lifeCycle.events.flatMap((event) =>
    event.takes !== undefined && 'fields' in event.takes ? event.takes.fields : [],
  );
  const targets = [...fieldsOf(type), ...own].flatMap((field) =>
    field.kind === 'reference' ? field.to : [],
  );
  const parents = type.parent === undefined ? [] : [type.parent];
  return [...targets, ...parents].filter((target) => !names.has(target));
}

/** What does not fit between declarations: names that are there twice, references and parents that point nowhere. */
export function checkDeclarations(types: readonly RecordType[]): readonly string[] {
  const names = types.map((type) => type.name);
  const known = new Set(names);
  return [
    ...repeated(names).map((name) => `${name}: it is there twice`),
    ...types.flatMap((type) =>
      pointsNowhere(type, known).map((target) => `${type.name}: ${target} is no record type`),
    ),
  ];
}
