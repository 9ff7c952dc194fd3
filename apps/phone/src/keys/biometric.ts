import { toBase64, utf8 } from '@hufu/kernel';
import type { PinSetting } from '@hufu/phone-key';
import { appError } from '../errors.ts';
import { keyDatabase } from './key-database.ts';
import { plainBytes } from './plain-bytes.ts';

/** The stretched PIN under a secret of the authenticator (WebAuthn PRF), which it gives to its owner alone. */
export type Biometric = {
  readonly credentialId: Uint8Array<ArrayBuffer>;
  readonly prfSalt: Uint8Array<ArrayBuffer>;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly sealed: ArrayBuffer;
};

const bytes = (length: number): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(length));
const nameOf = ({ salt }: PinSetting): string => toBase64(salt);

/** Whether this device has a lock of its own that a page may ask. PRF shows only once a credential has been made. */
export async function biometricOffered(): Promise<boolean> {
  if (!('PublicKeyCredential' in globalThis)) return false;
  return PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable().catch(() => false);
}

export async function biometricOf(setting: PinSetting): Promise<Biometric | undefined> {
  const database = await keyDatabase();
  return database.get('biometrics', nameOf(setting));
}

export async function forgetBiometric(setting: PinSetting): Promise<void> {
  const database = await keyDatabase();
  await database.delete('biometrics', nameOf(setting));
}

/**
 * Puts a stretched PIN behind the device's biometrics.
 *
 * @returns false when the authenticator has no PRF: the PIN stays the only way
 * @throws APP_BIOMETRIC when the person was not recognised, or gave up
 */
export async function enableBiometric(setting: PinSetting, stretchedPin: Uint8Array): Promise<boolean> {
  const prfSalt = bytes(32);
  const created = await asked(
    navigator.credentials.create({
      publicKey: {
        challenge: bytes(32),
        rp: { name: '标证通' },
        user: { id: bytes(16), name: '标证通', displayName: '标证通' },
        pubKeyCredParams: [
          { type: 'public-key', alg: -7 },
          { type: 'public-key', alg: -257 },
        ],
        authenticatorSelection: { authenticatorAttachment: 'platform', userVerification: 'required' },
        extensions: { prf: { eval: { first: prfSalt } } },
      },
    }),
  );
  if (created.getClientExtensionResults().prf?.enabled !== true) return false;
  const credentialId = new Uint8Array(created.rawId);
  const key = (await keyOf(created)) ?? (await keyOf(await ask({ credentialId, prfSalt })));
  if (key === undefined) return false;
  const iv = bytes(12);
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, plainBytes(stretchedPin));
  const database = await keyDatabase();
  await database.put('biometrics', { credentialId, prfSalt, iv, sealed }, nameOf(setting));
  return true;
}

/** The stretched PIN, after the device has recognised its owner. @throws APP_BIOMETRIC */
export async function openBiometric(biometric: Biometric): Promise<Uint8Array> {
  const key = await keyOf(await ask(biometric));
  if (key === undefined) throw appError('APP_BIOMETRIC');
  const algorithm = { name: 'AES-GCM', iv: biometric.iv };
  try {
    return new Uint8Array(await crypto.subtle.decrypt(algorithm, key, biometric.sealed));
  } catch (cause) {
    throw appError('APP_BIOMETRIC', {}, cause);
  }
}

const ask = ({
  credentialId,
  prfSalt,
}: Pick<Biometric, 'credentialId' | 'prfSalt'>): Promise<PublicKeyCredential> =>
  asked(
    navigator.credentials.get({
      publicKey: {
        challenge: bytes(32),
        allowCredentials: [{ type: 'public-key', id: credentialId }],
        userVerification: 'required',
        extensions: { prf: { eval: { first: prfSalt } } },
      },
    }),
  );

async function asked(answer: Promise<Credential | null>): Promise<PublicKeyCredential> {
  const credential = await answer.catch((cause: unknown) => {
    throw appError('APP_BIOMETRIC', {}, cause);
  });
  if (!(credential instanceof PublicKeyCredential)) throw appError('APP_BIOMETRIC');
  return credential;
}

/** HKDF over the authenticator's secret: what it gives is a key's source, not a key. */
async function keyOf(credential: PublicKeyCredential): Promise<CryptoKey | undefined> {
  const secret = credential.getClientExtensionResults().prf?.results?.first;
  if (secret === undefined) return undefined;
  const source = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']);
  return crypto.subtle.deriveKey(
    {
      name: 'HKDF',
      hash: 'SHA-256',
      salt: new Uint8Array(),
      info: plainBytes(utf8('HUFU-PHONE-BIOMETRIC-V1')),
    },
    source,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}
