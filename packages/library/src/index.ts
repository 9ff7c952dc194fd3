export { CODE_LIST_NAMES, type CodeList, loadCodeList } from './code-lists/index.ts';
export { expiryOf, titleOf } from './engine/about-record.ts';
export { checkDeclaration, checkDeclarations } from './engine/check-declaration.ts';
export { holds, isFilled } from './engine/condition.ts';
export { canonicalDecimal, compareCanonical, groupThousands } from './engine/decimal.ts';
export { isComputed, withDerived } from './engine/derive.ts';
export { describe, describeModules } from './engine/describe.ts';
export { type Difference, differences } from './engine/differences.ts';
export {
  EXAMPLE_DAY,
  type ExampleOptions,
  exampleContext,
  exampleEvent,
  exampleTaken,
  exampleValues,
} from './engine/example/example-values.ts';
export { type Spoiled, spoiled } from './engine/example/spoiled.ts';
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
  isTaken,
  isVisible,
  type SectionFields,
  sectionsOf,
  userFields,
} from './engine/fields.ts';
export { type Filter, filtersOf } from './engine/filters.ts';
export { initialValues, withoutHidden } from './engine/for-forms.ts';
export { ISSUE_WORDS, type Issue, type IssueCode } from './engine/issue.ts';
export { type Language, labelOf } from './engine/labels.ts';
export {
  type Attempt,
  type Decision,
  decide,
  eventsFrom,
  findEvent,
  hasEnded,
  stateOf,
  systemFields,
  usable,
} from './engine/life-cycle.ts';
export { keepCodeList, keptCodeList, type LoadedList } from './engine/loaded-lists.ts';
export { allOptions, optionByCode, optionsOf } from './engine/options.ts';
export { maskValue, maskValues, personalFields } from './engine/privacy.ts';
export { type Needs, type NeedsResult, readNeeds } from './engine/read-needs.ts';
export { type ReadContext, type ReadResult, readTaken, readValues } from './engine/read-values.ts';
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
  SAME,
  type Section,
  type Setter,
  type State,
  type Tone,
  type Unique,
} from './engine/record-type.ts';
export { sameValue, sameValues } from './engine/same-value.ts';
export { pascalCase, type RecordSchemas, schemasOf } from './engine/schemas.ts';
export {
  type HeaderResult,
  readHeader,
  type Sheet,
  type SheetColumn,
  sheetOf,
} from './engine/sheet/columns.ts';
export { type Resolve, type RowResult, readRow } from './engine/sheet/read-row.ts';
export { type RowOptions, rowOf } from './engine/sheet/row-of.ts';
export {
  columnFor,
  STORAGE_FUNCTIONS,
  type Storage,
  type StorageColumn,
  type StorageIndex,
  sortOf,
  storageOf,
  tableOf,
} from './engine/storage.ts';
export { LIBRARY_ERRORS, type LibraryErrorCode, libraryError } from './errors.ts';
export { MODULES, moduleOf, RECORD_TYPES, recordType } from './modules/index.ts';
