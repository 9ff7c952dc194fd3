export { holds, isFilled } from './engine/condition.ts';
export type {
  Choice,
  Condition,
  Field,
  FieldShape,
  FileValue,
  Label,
  Option,
  Requirement,
  RowValue,
  Value,
  Values,
} from './engine/field.ts';
export {
  fieldOf,
  fieldsOf,
  isRequired,
  isVisible,
  type SectionFields,
  sectionsOf,
  userFields,
} from './engine/fields.ts';
export { ISSUE_WORDS, type Issue, type IssueCode } from './engine/issue.ts';
export { keepCodeList, keptCodeList, type LoadedList } from './engine/loaded-lists.ts';
export {
  type Arising,
  type Check,
  type CheckFacts,
  type EntityFacts,
  type Event,
  type Facts,
  type Guard,
  type LifeCycle,
  type Module,
  NONE,
  type RecordType,
  type Section,
  type Setter,
  type State,
  type Tone,
  type Unique,
} from './engine/record-type.ts';
export { LIBRARY_ERRORS, type LibraryErrorCode, libraryError } from './errors.ts';
