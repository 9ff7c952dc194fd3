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
export { decryptPkcs8, type EncryptPkcs8Options, encryptPkcs8 } from './keys/encrypted-pkcs8.ts';
export {
  decodeSm2EnvelopedKey,
  openSm2EnvelopedKey,
  type Sm2EnvelopedKey,
  sealSm2KeyPair,
} from './keys/enveloped-key.ts';
export { type HashName, type Pbkdf2, type Pbkdf2Request, portablePbkdf2 } from './keys/hashes.ts';
export { decodePkcs8, encodeSm2Pkcs8, type PrivateKeyFile } from './keys/pkcs8.ts';
export { type BagAttributes, type Pkcs12Contents, readPkcs12 } from './keys/pkcs12.ts';
export { decodeSpki, encodeSm2Spki, type KeyAlgorithm, type PublicKeyFile } from './keys/spki.ts';
export { portableSm2Products, type Sm2Products, sm2Products } from './points/products.ts';
export {
  decodeSm2Cipher,
  encodeSm2Cipher,
  type RawCiphertextOptions,
  type Sm2Ciphertext,
  sm2CipherFromRaw,
  sm2CipherToRaw,
} from './sm2/ciphertext.ts';
export {
  decodePoint,
  encodePoint,
  SM2_CURVE,
  Sm2Group,
  type Sm2Point,
  toBigInt,
  toBytes32,
} from './sm2/curve.ts';
export { SM2_DEFAULT_ID, sm2Digest, sm2Z } from './sm2/digest.ts';
export { openWithSharedPoint, sm2Kdf } from './sm2/encrypt.ts';
export { nobleSm2, type Sm2Engine } from './sm2/engine.ts';
export {
  generateSm2KeyPair,
  privateScalar,
  randomScalar,
  type Sm2KeyPair,
  sm2PublicKey,
} from './sm2/keys.ts';
export { signSm2Digest, verifySm2Digest } from './sm2/sign.ts';
export {
  decodeSm2Signature,
  encodeSm2Signature,
  type Sm2Signature,
  sm2SignatureFromRaw,
  sm2SignatureToRaw,
} from './sm2/signature.ts';
export { hmacSm3, Sm3, sm3 } from './sm3.ts';
export { type Cipher, sm4Cbc, sm4Ctr, sm4Ecb, sm4Gcm } from './sm4-modes.ts';
export { answerDecryption, DeviceDecryption } from './two-party/decrypt.ts';
export {
  DeviceKeyGeneration,
  type DeviceOpening,
  type KeyCommitment,
  VaultKeyGeneration,
  type VaultShare,
} from './two-party/generate.ts';
export type { DeviceHalf, VaultHalf } from './two-party/halves.ts';
export { type Contributions, refreshContribution, refreshDevice, refreshVault } from './two-party/refresh.ts';
export {
  answerSigning,
  DeviceSigning,
  type SignAnswer,
  type SignOrder,
  type SignRequest,
  type VaultSigning,
} from './two-party/sign.ts';
