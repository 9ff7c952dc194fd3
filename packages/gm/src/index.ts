export { assertDer } from './der/check.ts';
export { compareDer, DerReader, readDer } from './der/reader.ts';
export { decodeString, isStringTag } from './der/strings.ts';
export { contextTag, primitiveContextTag, TAG } from './der/tags.ts';
export { decodeTime, type TimeOptions } from './der/time.ts';
export {
  type BitString,
  checkInteger,
  decodeBitString,
  decodeBoolean,
  decodeInteger,
  decodeNamedBits,
  decodeOid,
  decodeSmallInteger,
  type IntegerOptions,
} from './der/values.ts';
export {
  derBitString,
  derBoolean,
  derContext,
  derElement,
  derEnumerated,
  derFractionalTime,
  derGeneralizedTime,
  derIa5String,
  derInteger,
  derNamedBits,
  derNull,
  derOctetString,
  derOid,
  derPrintableString,
  derRetag,
  derSequence,
  derSequenceOf,
  derSet,
  derTime,
  derUnsigned,
  derUtf8String,
} from './der/writer.ts';
export { GM_ERRORS, type GmErrorCode } from './errors.ts';
