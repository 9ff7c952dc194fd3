export { concatBytes, equalBytes, fromUtf8, utf8 } from './bytes/bytes.ts';
export {
  fromBase64,
  fromBase64Url,
  fromHex,
  fromPem,
  toBase64,
  toBase64Url,
  toHex,
  toPem,
} from './bytes/encoding.ts';
export { readAtMost } from './bytes/read-at-most.ts';
export { isWellFormed } from './bytes/well-formed.ts';
export { type CalendarYear, CHINA_CALENDAR_YEARS, type Holiday } from './calendar/china-years.ts';
export { type CutOffRule, type DueDate, dueDate, unbindingDueDate } from './calendar/due-date.ts';
export {
  addDays,
  DAY_MS,
  type DateParts,
  isoWeekday,
  type LocalDate,
  localDateOf,
  parseLocalDate,
  type ShanghaiParts,
  shanghaiInstant,
  shanghaiParts,
} from './calendar/local-date.ts';
export {
  type DateAnswer,
  type DayVerdict,
  type WorkingCalendar,
  workingCalendar,
} from './calendar/working-calendar.ts';
export { groupText, serialGroups, usccGroups } from './display/grouping.ts';
export { maskIdNumber, maskName, maskPhone } from './display/masking.ts';
export {
  CodedError,
  type ErrorEntry,
  type ErrorFields,
  type ErrorRegister,
  errorFactory,
  type Retry,
} from './errors/coded-error.ts';
export { KERNEL_ERRORS, type KernelErrorCode } from './errors.ts';
export { type IdCard, idCardCheckDigit, parseIdCard } from './identifiers/id-card.ts';
export { type Phone, parseMobile, parsePhone } from './identifiers/phone.ts';
export { isSameUnitName, normaliseUnitName } from './identifiers/unit-name.ts';
export {
  isUscc,
  normaliseUscc,
  organisationCheckCharacter,
  parseUscc,
  type Uscc,
  type UsccProblem,
  usccCheckCharacter,
  usccProblem,
} from './identifiers/uscc.ts';
export { parseReferenceCode, referenceCode } from './ids/reference-code.ts';
export { isUuidV7, uuidV7Source } from './ids/uuid-v7.ts';
export { canonicalJson, canonicalJsonBytes, type JsonValue } from './json/canonical.ts';
export { drawRandom, type RandomBytes } from './random.ts';
export { type Clock, fixedClock, systemClock } from './time/clock.ts';
