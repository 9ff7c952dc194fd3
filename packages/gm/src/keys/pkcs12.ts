import { type DerReader, readDer } from '../der/reader.ts';
import { contextTag, primitiveContextTag, TAG } from '../der/tags.ts';
import { gmError } from '../errors.ts';
import { openKeyBag } from './encrypted-pkcs8.ts';
import { type Pbkdf2, portablePbkdf2 } from './hashes.ts';
import { KEY_OID, PKCS12_PBE_PREFIX } from './oids.ts';
import { type PasswordContext, type Pbes2Parameters, pbes2Decrypt, readPbes2 } from './pbes2.ts';
import { decodePkcs8, type PrivateKeyFile } from './pkcs8.ts';
import { isMacRight, type MacData, readMacData } from './pkcs12-mac.ts';

export type BagAttributes = {
  readonly friendlyName: string | undefined;
  /** Joins a key to its certificate. */
  readonly localKeyId: Uint8Array | undefined;
};

export type Pkcs12Contents = {
  readonly keys: readonly (BagAttributes & { readonly key: PrivateKeyFile })[];
  /** X.509, DER. */
  readonly certificates: readonly (BagAttributes & { readonly der: Uint8Array })[];
};

/** PBES2 only: the password encryption of 1996 (3DES, RC2-40 with SHA-1) is refused by name. */
function readPasswordEncryption(reader: DerReader): Pbes2Parameters {
  return reader.within(TAG.sequence, (algorithm) => {
    const oid = algorithm.oid();
    if (oid.startsWith(PKCS12_PBE_PREFIX)) throw gmError('GM_PKCS12_LEGACY', { oid });
    if (oid !== KEY_OID.pbes2) throw gmError('GM_KEY_UNSUPPORTED', { oid });
    return readPbes2(algorithm);
  });
}

type SafePart =
  | { readonly kind: 'plain'; readonly content: Uint8Array }
  | { readonly kind: 'encrypted'; readonly parameters: Pbes2Parameters; readonly content: Uint8Array };

const readData = (reader: DerReader): Uint8Array =>
  reader.within(contextTag(0), (inner) => inner.octetString());

/** EncryptedData (RFC 5652 §8) of version 0 with content of type data. */
const readEncryptedData = (reader: DerReader): SafePart =>
  reader.within(contextTag(0), (outer) =>
    outer.within(TAG.sequence, (fields) => {
      if (fields.smallInteger() !== 0) throw gmError('GM_PKCS12_UNSUPPORTED');
      return fields.within(TAG.sequence, (info) => {
        if (info.oid() !== KEY_OID.data) throw gmError('GM_PKCS12_UNSUPPORTED');
        const parameters = readPasswordEncryption(info);
        return { kind: 'encrypted', parameters, content: info.octetString(primitiveContextTag(0)) };
      });
    }),
  );

function readContentInfo(reader: DerReader): SafePart {
  return reader.within(TAG.sequence, (fields) => {
    const oid = fields.oid();
    if (oid === KEY_OID.data) return { kind: 'plain', content: readData(fields) };
    if (oid === KEY_OID.encryptedData) return readEncryptedData(fields);
    throw gmError('GM_PKCS12_UNSUPPORTED', { oid });
  });
}

function readAll<T>(reader: DerReader, read: (inner: DerReader) => T): T[] {
  const inner = reader.sequence();
  const items: T[] = [];
  while (!inner.done) items.push(read(inner));
  return items;
}

function readPfx(der: Uint8Array): { readonly safe: Uint8Array; readonly mac: MacData } {
  return readDer(der, (reader) =>
    reader.within(TAG.sequence, (fields) => {
      if (fields.smallInteger() !== 3) throw gmError('GM_PKCS12_UNSUPPORTED');
      const part = readContentInfo(fields);
      if (part.kind !== 'plain' || fields.done) throw gmError('GM_PKCS12_MAC');
      return { safe: part.content, mac: readMacData(fields) };
    }),
  );
}

type Bag = BagAttributes & { readonly oid: string; readonly value: Uint8Array };

function readAttributes(reader: DerReader): BagAttributes {
  let friendlyName: string | undefined;
  let localKeyId: Uint8Array | undefined;
  // The order inside this set means nothing and is not signed; some makers do not sort it.
  const attributes = reader.set({ unordered: true });
  while (!attributes.done) {
    attributes.within(TAG.sequence, (fields) => {
      const oid = fields.oid();
      const values = fields.set({ unordered: true });
      if (oid === KEY_OID.friendlyName) friendlyName = values.string({ type: TAG.bmpString });
      if (oid === KEY_OID.localKeyId) localKeyId = values.octetString();
    });
  }
  return { friendlyName, localKeyId };
}

const readBag = (reader: DerReader): Bag =>
  reader.within(TAG.sequence, (fields) => {
    const oid = fields.oid();
    const value = fields.within(contextTag(0), (inner) => inner.element());
    const attributes = fields.optional(TAG.set, readAttributes);
    return { oid, value, friendlyName: attributes?.friendlyName, localKeyId: attributes?.localKeyId };
  });

/** CertBag (RFC 7292 §4.2.3); undefined for SDSI certificates. */
const readCertificateBag = (value: Uint8Array): Uint8Array | undefined =>
  readDer(value, (reader) =>
    reader.within(TAG.sequence, (fields) => {
      const oid = fields.oid();
      const der = fields.within(contextTag(0), (inner) => inner.octetString());
      return oid === KEY_OID.x509Certificate ? der : undefined;
    }),
  );

function openShroudedKey(value: Uint8Array, context: PasswordContext): Promise<PrivateKeyFile> {
  const { parameters, content } = readDer(value, (reader) =>
    reader.within(TAG.sequence, (fields) => ({
      parameters: readPasswordEncryption(fields),
      content: fields.octetString(),
    })),
  );
  return openKeyBag(parameters, content, context);
}

async function openPart(part: SafePart, context: PasswordContext): Promise<Bag[]> {
  const content =
    part.kind === 'plain' ? part.content : await pbes2Decrypt(part.parameters, part.content, context);
  return readDer(content, (reader) => readAll(reader, readBag));
}

/**
 * Reads a PKCS#12 file (RFC 7292) as OpenSSL 3 and current middleware write it: PBES2, with a password MAC, which is
 * checked before anything is decrypted. Bags other than keys and certificates are passed over.
 * @throws GM_KEY_PASSWORD, GM_PKCS12_LEGACY, GM_PKCS12_MAC, GM_PKCS12_UNSUPPORTED, GM_KEY_UNSUPPORTED, GM_KEY_WORK, DER_*
 */
export async function readPkcs12(
  der: Uint8Array,
  password: string,
  pbkdf2: Pbkdf2 = portablePbkdf2,
): Promise<Pkcs12Contents> {
  const { safe, mac } = readPfx(der);
  if (!isMacRight(mac, password, safe)) throw gmError('GM_KEY_PASSWORD');
  const context = { password, pbkdf2 };
  const keys: Pkcs12Contents['keys'][number][] = [];
  const certificates: Pkcs12Contents['certificates'][number][] = [];
  for (const part of readDer(safe, (reader) => readAll(reader, readContentInfo))) {
    for (const { oid, value, ...attributes } of await openPart(part, context)) {
      if (oid === KEY_OID.keyBag) keys.push({ ...attributes, key: decodePkcs8(value) });
      if (oid === KEY_OID.shroudedKeyBag) {
        keys.push({ ...attributes, key: await openShroudedKey(value, context) });
      }
      const certificate = oid === KEY_OID.certificateBag ? readCertificateBag(value) : undefined;
      if (certificate !== undefined) certificates.push({ ...attributes, der: certificate });
    }
  }
  return { keys, certificates };
}
