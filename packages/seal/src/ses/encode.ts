import {
  derBitString,
  derBoolean,
  derContext,
  derFractionalTime,
  derIa5String,
  derInteger,
  derOctetString,
  derOid,
  derPrintableString,
  derSequence,
  derSequenceOf,
  derTime,
  derUtf8String,
} from '@hufu/gm';
import type {
  ElectronicSeal,
  SealExtension,
  SealExtensions,
  SealInfo,
  SealProperty,
  SealSigners,
  SesSignature,
} from './model.ts';

const encodeExtension = ({ oid, critical, value }: SealExtension): Uint8Array =>
  derSequence(derOid(oid), critical === undefined ? undefined : derBoolean(critical), derOctetString(value));

const encodeExtensions = (items: readonly SealExtension[]): Uint8Array =>
  derSequenceOf(items.map(encodeExtension));

function encodeSealExtensions(extensions: SealExtensions | undefined): Uint8Array | undefined {
  if (extensions === undefined) return undefined;
  const items = encodeExtensions(extensions.items);
  return extensions.tagged ? derContext(0, items) : items;
}

function encodeSigners(signers: SealSigners, legacy: boolean): readonly Uint8Array[] {
  const listType = legacy ? [] : [derInteger(signers.kind === 'certificates' ? 1 : 2)];
  const list =
    signers.kind === 'certificates'
      ? signers.certificates.map(derOctetString)
      : signers.digests.map(({ type, value }) =>
          derSequence(derPrintableString(type), derOctetString(value)),
        );
  return [...listType, derSequenceOf(list)];
}

function encodeProperty(property: SealProperty, legacy: boolean): Uint8Array {
  const time = legacy ? derTime : derFractionalTime;
  return derSequence(
    derInteger(property.type),
    derUtf8String(property.name),
    ...encodeSigners(property.signers, legacy),
    time(property.createdAt),
    time(property.validFrom),
    time(property.validTo),
  );
}

/** SES_SealInfo in DER. `legacy`: by GM/T 0031-2014. @throws DER_* on a value that its type cannot hold */
export const encodeSealInfo = (info: SealInfo, legacy = false): Uint8Array =>
  derSequence(
    derSequence(derIa5String('ES'), derInteger(info.headerVersion), derIa5String(info.vendor)),
    derIa5String(info.id),
    encodeProperty(info.property, legacy),
    derSequence(
      derIa5String(info.picture.type),
      derOctetString(info.picture.data),
      derInteger(info.picture.width),
      derInteger(info.picture.height),
    ),
    encodeSealExtensions(info.extensions),
  );

const encodeTimeStamp = (token: Uint8Array | undefined): Uint8Array | undefined =>
  token && derContext(0, derBitString(token));

type SealParts = Omit<ElectronicSeal, 'der' | 'signed'>;

/** SESeal in DER, from its values alone: what `parseSeal` read comes out byte for byte. @throws DER_* */
export function encodeSeal(seal: SealParts): Uint8Array {
  const legacy = seal.version === 1;
  const signed = [derOctetString(seal.makerCertificate), derOid(seal.signatureOid)];
  const value = derBitString(seal.signature);
  const info = encodeSealInfo(seal.info, legacy);
  return legacy
    ? derSequence(info, derSequence(...signed, value))
    : derSequence(info, ...signed, value, encodeTimeStamp(seal.timeStamp));
}

type ToSignParts = Omit<SesSignature, 'der' | 'signed' | 'signature' | 'timeStamp'>;

/** TBS_Sign in DER: the message that the holder signs. @throws DER_* */
export function encodeToSign(parts: ToSignParts): Uint8Array {
  const head = [derInteger(parts.statedVersion), encodeSeal(parts.seal)];
  const data = [derBitString(parts.dataHash), derIa5String(parts.propertyInfo)];
  return parts.version === 1
    ? derSequence(
        ...head,
        derBitString(parts.timeInfo ?? new Uint8Array()),
        ...data,
        derOctetString(parts.signerCertificate),
        derOid(parts.signatureOid),
      )
    : derSequence(
        ...head,
        derFractionalTime(parts.signedAt ?? Number.NaN),
        ...data,
        parts.extensions && derContext(0, encodeExtensions(parts.extensions)),
      );
}

/** SES_Signature in DER around a TBS_Sign that has been signed. @throws DER_* */
export const encodeSesSignature = (
  signature: Pick<SesSignature, 'version' | 'signerCertificate' | 'signatureOid' | 'signature' | 'timeStamp'>,
  toSign: Uint8Array,
): Uint8Array =>
  signature.version === 1
    ? derSequence(toSign, derBitString(signature.signature))
    : derSequence(
        toSign,
        derOctetString(signature.signerCertificate),
        derOid(signature.signatureOid),
        derBitString(signature.signature),
        encodeTimeStamp(signature.timeStamp),
      );
