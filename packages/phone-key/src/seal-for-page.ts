import { concatBytes, toBase64Url, utf8 } from '@hufu/kernel';
import { phoneKeyError } from './errors.ts';

const CURVE = { name: 'ECDH', namedCurve: 'P-256' } as const;
const LABEL = utf8('HUFU-SCAN-RESULT-V1');

/** What a phone has decrypted, on its way to the page that asked: nobody between can read it. */
export type SealedForPage = {
  /** The phone's fresh key, 04 ‖ x ‖ y of P-256. */
  readonly senderKey: Uint8Array;
  /** 12 bytes. */
  readonly iv: Uint8Array;
  /** AES-256-GCM. */
  readonly sealed: Uint8Array;
};

export type PageKey = {
  /** 04 ‖ x ‖ y. */
  readonly publicKey: Uint8Array;
  /** In the order of the ciphertexts. @throws PHONE_PARCEL_INVALID */
  open(items: readonly SealedForPage[], scanId: string): Promise<Uint8Array[]>;
};

/** A key of one scan, which the page forgets with it. */
export async function createPageKey(): Promise<PageKey> {
  const pair = await crypto.subtle.generateKey(CURVE, false, ['deriveBits']);
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  return {
    publicKey,
    open: (items, scanId) =>
      Promise.all(
        items.map(async ({ senderKey, iv, sealed }, index) => {
          try {
            const key = await agreedKey(pair.privateKey, senderKey, concatBytes(senderKey, publicKey));
            const algorithm = { name: 'AES-GCM', iv: plain(iv), additionalData: placeOf(scanId, index) };
            return new Uint8Array(await crypto.subtle.decrypt(algorithm, key, plain(sealed)));
          } catch (cause) {
            throw phoneKeyError('PHONE_PARCEL_INVALID', {}, cause);
          }
        }),
      ),
  };
}

/** Base64url of the first 16 bytes of the key's SHA-256: reaches the phone by way of the screen, not of the server. */
export async function pageKeyMark(publicKey: Uint8Array): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', plain(publicKey)));
  return toBase64Url(hash.subarray(0, 16));
}

/** @param page its key, 04 ‖ x ‖ y @throws PHONE_PARCEL_INVALID when the key is none */
export async function sealForPage(
  plaintexts: readonly Uint8Array[],
  page: { readonly key: Uint8Array; readonly scanId: string },
): Promise<SealedForPage[]> {
  const pair = await crypto.subtle.generateKey(CURVE, false, ['deriveBits']);
  const senderKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const key = await agreedKey(pair.privateKey, page.key, concatBytes(senderKey, page.key));
  return Promise.all(
    plaintexts.map(async (plaintext, index) => {
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const algorithm = { name: 'AES-GCM', iv, additionalData: placeOf(page.scanId, index) };
      const sealed = new Uint8Array(await crypto.subtle.encrypt(algorithm, key, plain(plaintext)));
      return { senderKey, iv, sealed };
    }),
  );
}

type Private = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

async function agreedKey(own: Private, other: Uint8Array, parties: Uint8Array): Promise<Private> {
  const publicKey = await crypto.subtle
    .importKey('raw', plain(other), CURVE, false, [])
    .catch((cause: unknown) => {
      throw phoneKeyError('PHONE_PARCEL_INVALID', {}, cause);
    });
  const secret = await crypto.subtle.deriveBits({ name: 'ECDH', public: publicKey }, own, 256);
  const source = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']);
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: plain(concatBytes(LABEL, parties)) },
    source,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}

/** An item cannot be moved to another scan, or to another place in its list. */
const placeOf = (scanId: string, index: number) => plain(utf8(`${scanId}:${index}`));

/** WebCrypto takes bytes of an ArrayBuffer of their own only. */
const plain = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);
