import { contextTag, type DerReader, TAG } from '@hufu/gm';
import { sealError } from '../errors.ts';
import type {
  CertificateDigest,
  SealExtension,
  SealExtensions,
  SealInfo,
  SealPicture,
  SealProperty,
  SealSigners,
} from './model.ts';

/** V1 writes UTCTime, the later versions GeneralizedTime; the other form is refused. */
const readTime = (reader: DerReader, legacy: boolean): number =>
  reader.time(legacy ? { tag: TAG.utcTime } : { tag: TAG.generalizedTime, fraction: true });

const readAll = <T>(reader: DerReader, read: (inner: DerReader) => T): T[] =>
  reader.within(TAG.sequence, (list) => {
    const items: T[] = [];
    while (!list.done) items.push(read(list));
    return items;
  });

const readCertificates = (reader: DerReader): SealSigners => ({
  kind: 'certificates',
  certificates: readAll(reader, (list) => list.octetString()),
});

const readDigest = (reader: DerReader): CertificateDigest =>
  reader.within(TAG.sequence, (item) => ({
    type: item.string({ type: TAG.printableString }),
    value: item.octetString(),
  }));

function readSigners(reader: DerReader, legacy: boolean): SealSigners {
  const listType = legacy ? 1 : reader.smallInteger();
  if (listType === 1) return readCertificates(reader);
  if (listType !== 2) throw sealError('SES_MALFORMED');
  return { kind: 'digests', digests: readAll(reader, readDigest) };
}

const readProperty = (reader: DerReader, legacy: boolean): SealProperty =>
  reader.within(TAG.sequence, (inner) => ({
    type: inner.smallInteger(),
    name: inner.string({ type: TAG.utf8String }),
    signers: readSigners(inner, legacy),
    createdAt: readTime(inner, legacy),
    validFrom: readTime(inner, legacy),
    validTo: readTime(inner, legacy),
  }));

const readPicture = (reader: DerReader): SealPicture =>
  reader.within(TAG.sequence, (inner) => ({
    type: inner.string({ type: TAG.ia5String }),
    data: inner.octetString(),
    width: inner.smallInteger(),
    height: inner.smallInteger(),
  }));

// The samples in the field write FALSE out though it is the DEFAULT: the one place where BER is let through.
const readExtension = (reader: DerReader): SealExtension =>
  reader.within(TAG.sequence, (inner) => ({
    oid: inner.oid(),
    critical: inner.optional(TAG.boolean, (r) => r.boolean()),
    value: inner.octetString(),
  }));

/** ExtensionDatas. @throws DER_* */
export const readExtensions = (reader: DerReader): SealExtension[] => readAll(reader, readExtension);

/** ExtensionDatas under [0], as TBS_Sign has it. @throws DER_* */
export const readTaggedExtensions = (reader: DerReader): SealExtension[] =>
  reader.within(contextTag(0), readExtensions);

function readSealExtensions(reader: DerReader): SealExtensions | undefined {
  if (reader.done) return undefined;
  const tagged = reader.peek() === contextTag(0);
  return { tagged, items: tagged ? readTaggedExtensions(reader) : readExtensions(reader) };
}

/** SES_SealInfo. `legacy`: by GM/T 0031-2014. @throws SES_MALFORMED, DER_* */
export const readSealInfo = (reader: DerReader, legacy: boolean): SealInfo =>
  reader.within(TAG.sequence, (inner) => {
    const header = inner.sequence();
    if (header.string({ type: TAG.ia5String }) !== 'ES') throw sealError('SES_MALFORMED');
    const headerVersion = header.smallInteger();
    const vendor = header.string({ type: TAG.ia5String });
    header.finish();
    return {
      headerVersion,
      vendor,
      id: inner.string({ type: TAG.ia5String }),
      property: readProperty(inner, legacy),
      picture: readPicture(inner),
      extensions: readSealExtensions(inner),
    };
  });

/** `timeStamp [0] EXPLICIT BIT STRING OPTIONAL`. @throws DER_* */
export const readTimeStamp = (reader: DerReader): Uint8Array | undefined =>
  reader.optional(contextTag(0), (r) => r.within(contextTag(0), (inner) => inner.bitStringBytes()));
