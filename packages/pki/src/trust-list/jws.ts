import { type DerReader, derOid, derSequence, derUnsigned, readDer, TAG } from '@hufu/gm';
import { concatBytes, fromBase64Url, fromUtf8, toBase64Url, utf8 } from '@hufu/kernel';
import type { CryptoEngine, Signer } from '../crypto-engine.ts';
import { pkiError } from '../errors.ts';
import { parsePublicKeyInfo } from '../x509/key.ts';
import type { AlgorithmIdentifier } from '../x509/model.ts';
import { JsonReader } from './json-reader.ts';
import type { PinnedKey } from './model.ts';

/**
 * JWS JSON serialisation (RFC 7515 §7.2.1) with several signatures over one payload: ES256 for any JOSE library in
 * any language, SM2 (with SM3, default ID) for platforms that may rely on national algorithms alone.
 */

const COORDINATE = 32;
const MAX_DOCUMENT_BYTES = 4 * 1024 * 1024;
const MAX_SIGNATURES = 8;
export const TRUST_LIST_TYPE = 'hufu-trust-list+json';

const ALGORITHM_OID: Readonly<Record<PinnedKey['algorithm'], string>> = {
  ES256: '1.2.840.10045.4.3.2',
  SM2: '1.2.156.10197.1.501',
};

export type ListSigner = {
  readonly kid: string;
  readonly signer: Signer;
};

const identifier = (algorithm: PinnedKey['algorithm']): AlgorithmIdentifier => {
  const oid = ALGORITHM_OID[algorithm];
  return { der: derSequence(derOid(oid)), oid, parameters: undefined };
};

function nameOf(signer: Signer): PinnedKey['algorithm'] {
  if (signer.algorithm === 'sm2-sm3') return 'SM2';
  if (signer.algorithm === 'ecdsa-p256-sha256') return 'ES256';
  throw pkiError('ALGORITHM_UNSUPPORTED');
}

const signingInput = (header: string, payload: string): Uint8Array => utf8(`${header}.${payload}`);

/** @returns the document's bytes: UTF-8 JSON */
export async function signPayload(payload: Uint8Array, signers: readonly ListSigner[]): Promise<Uint8Array> {
  const encoded = toBase64Url(payload);
  const signatures: { protected: string; signature: string }[] = [];
  for (const { kid, signer } of signers) {
    const header = { alg: nameOf(signer), kid, typ: TRUST_LIST_TYPE };
    const protectedHeader = toBase64Url(utf8(JSON.stringify(header)));
    const der = await signer.sign(signingInput(protectedHeader, encoded));
    signatures.push({ protected: protectedHeader, signature: toBase64Url(pairFromDer(der)) });
  }
  return utf8(JSON.stringify({ payload: encoded, signatures }));
}

export type OpenedPayload = { readonly payload: Uint8Array; readonly signedBy: readonly string[] };

/**
 * Opens a document and keeps only signatures of pinned keys. A header that names another key or algorithm is not
 * tried with ours; unknown header members are refused, so that nothing critical is overlooked (RFC 7515 §4.1.11).
 *
 * @throws CodedError TRUST_LIST_MALFORMED
 */
export async function openPayload(
  document: Uint8Array,
  pins: readonly PinnedKey[],
  engine: CryptoEngine,
): Promise<OpenedPayload> {
  const refuse = (path: string) => pkiError('TRUST_LIST_MALFORMED', { path });
  if (document.length > MAX_DOCUMENT_BYTES) throw refuse('$');
  const { payload, signatures } = new JsonReader(parseJson(document), refuse).fields([
    'payload',
    'signatures',
  ]);
  const encoded = payload.text(MAX_DOCUMENT_BYTES);
  const signedBy: string[] = [];
  for (const entry of signatures.list(MAX_SIGNATURES)) {
    const field = entry.fields(['protected', 'signature']);
    const protectedHeader = field.protected.text(1_000);
    const header = new JsonReader(parseJson(decode(protectedHeader)), refuse, 'header').fields([
      'alg',
      'kid',
      'typ',
    ]);
    if (header.typ.text(80) !== TRUST_LIST_TYPE) throw refuse('header.typ');
    const pin = pins.find(({ kid }) => kid === header.kid.value);
    if (pin === undefined || pin.algorithm !== header.alg.value) continue;
    const signature = derFromPair(decode(field.signature.text(200)));
    const holds = await engine.verify(
      parsePublicKeyInfo(pin.publicKey),
      identifier(pin.algorithm),
      signingInput(protectedHeader, encoded),
      signature,
    );
    if (holds && !signedBy.includes(pin.kid)) signedBy.push(pin.kid);
  }
  return { payload: decode(encoded), signedBy };
}

/** The payload without a look at the signatures: for the publisher's own documents. */
export function payloadOf(document: Uint8Array): Uint8Array {
  const refuse = (path: string) => pkiError('TRUST_LIST_MALFORMED', { path });
  const { payload } = new JsonReader(parseJson(document), refuse).fields(['payload', 'signatures']);
  return decode(payload.text(MAX_DOCUMENT_BYTES));
}

function decode(text: string): Uint8Array {
  try {
    return fromBase64Url(text);
  } catch (cause) {
    throw pkiError('TRUST_LIST_MALFORMED', { path: 'base64url' }, cause);
  }
}

/** JSON as strict UTF-8. @throws CodedError TRUST_LIST_MALFORMED */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(fromUtf8(bytes)) as unknown;
  } catch (cause) {
    throw pkiError('TRUST_LIST_MALFORMED', { path: 'json' }, cause);
  }
}

/** RFC 7518 §3.4: R and S side by side, each of the curve's size. */
function pairFromDer(der: Uint8Array): Uint8Array {
  const [r, s] = readDer(der, (reader) =>
    reader.within(TAG.sequence, (pair) => [coordinate(pair), coordinate(pair)] as const),
  );
  return concatBytes(r, s);
}

function coordinate(reader: DerReader): Uint8Array {
  const bytes = reader.integerBytes({ maxBytes: COORDINATE + 1 });
  const magnitude = bytes.length > 1 && bytes[0] === 0 ? bytes.subarray(1) : bytes;
  const out = new Uint8Array(COORDINATE);
  out.set(magnitude, COORDINATE - magnitude.length);
  return out;
}

function derFromPair(pair: Uint8Array): Uint8Array {
  if (pair.length !== 2 * COORDINATE) throw pkiError('TRUST_LIST_MALFORMED', { path: 'signature' });
  return derSequence(derUnsigned(pair.subarray(0, COORDINATE)), derUnsigned(pair.subarray(COORDINATE)));
}
