import { decodePkcs8, decryptPkcs8, readPkcs12 } from '@hufu/gm';
import { nodePbkdf2 } from '@hufu/gm/node';
import { equalBytes, fromPem, fromUtf8 } from '@hufu/kernel';
import { bridgeError } from '@hufu/keybridge-client';
import { parseCertificate } from '@hufu/pki';
import type { KeyToAdd, TokenCrypto } from '@hufu/soft-token';
import { usageOf } from '../certificate-usage.ts';

const DER_SEQUENCE = 0x30;

type Found = { readonly keys: readonly Uint8Array[]; readonly certificates: readonly Uint8Array[] };

/**
 * Keys with their certificates from a file: PKCS#12, or PEM with PKCS#8 (plain or encrypted) and certificates. Each
 * certificate goes to the key that it certifies; those of authorities are passed over.
 *
 * @throws CodedError BRIDGE_REQUEST_INVALID {members: file} when there is no key in it, and the errors of the readers
 */
export async function importedKeys(
  file: Uint8Array,
  password: string,
  crypto: TokenCrypto,
): Promise<readonly KeyToAdd[]> {
  const found =
    file[0] === DER_SEQUENCE ? await readContainer(file, password) : await readPem(file, password);
  if (found.keys.length === 0) throw bridgeError('BRIDGE_REQUEST_INVALID', { members: ['file'] });
  return found.keys.map((pkcs8) => {
    const publicKey = crypto.inspectKey(pkcs8)?.publicKey;
    const certificate = found.certificates.find(
      (der) => publicKey !== undefined && equalBytes(parseCertificate(der).spki.der, publicKey),
    );
    return certificate === undefined
      ? { usage: 'sign', pkcs8 }
      : { usage: usageOf(certificate), pkcs8, certificate };
  });
}

async function readContainer(file: Uint8Array, password: string): Promise<Found> {
  const { keys, certificates } = await readPkcs12(file, password, nodePbkdf2);
  return { keys: keys.map(({ key }) => key.pkcs8), certificates: certificates.map(({ der }) => der) };
}

async function readPem(file: Uint8Array, password: string): Promise<Found> {
  const text = asText(file);
  const encrypted = fromPem('ENCRYPTED PRIVATE KEY', text);
  const opened = await Promise.all(encrypted.map((der) => decryptPkcs8(der, password, nodePbkdf2)));
  const plain = fromPem('PRIVATE KEY', text).map((der) => decodePkcs8(der));
  return {
    keys: [...plain, ...opened].map(({ pkcs8 }) => pkcs8),
    certificates: fromPem('CERTIFICATE', text),
  };
}

function asText(file: Uint8Array): string {
  try {
    return fromUtf8(file);
  } catch (cause) {
    throw bridgeError('BRIDGE_REQUEST_INVALID', { members: ['file'] }, cause);
  }
}
