import { createHash } from 'node:crypto';
import { derSequence, derUnsigned } from '@hufu/gm';
import { CodedError } from '@hufu/kernel';
import { bridgeError } from '@hufu/keybridge-client';
import { parseCertificate, type SignatureAlgorithm } from '@hufu/pki';
import type * as Graphene from 'graphene-pk11';
import { usageOf } from '../certificate-usage.ts';
import type { DriverKey, DriverToken } from '../token-driver.ts';
import { asBridgeError, isPinIncorrect, pinStateOf, TOKEN_FLAG } from './return-values.ts';

type Library = typeof Graphene;

const hex = (...parts: readonly (string | Uint8Array)[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex').slice(0, 32);
};

const refOf = (token: Graphene.Token): string =>
  hex(token.manufacturerID, token.model, token.serialNumber, token.label);

/** What a loaded module can do, in the terms of the driver. Every call may block for as long as the token likes. */
export type OpenModule = {
  tokens(): readonly DriverToken[];
  keys(tokenRef: string): readonly DriverKey[];
  login(tokenRef: string, pin: string): OpenToken;
};

export type OpenToken = {
  sign(keyRef: string, message: Uint8Array): Uint8Array;
  close(): void;
};

export function openModule(library: Library, module: Graphene.Module): OpenModule {
  function slots(): readonly Graphene.Slot[] {
    const found = module.getSlots(true);
    return Array.from({ length: found.length }, (_, index) => found.items(index)).filter(
      (slot) => (slot.getToken().flags & TOKEN_FLAG.initialised) !== 0,
    );
  }

  function slotOf(tokenRef: string): Graphene.Slot {
    const slot = slots().find((candidate) => refOf(candidate.getToken()) === tokenRef);
    if (slot === undefined) throw bridgeError('TOKEN_ABSENT');
    return slot;
  }

  return {
    tokens: () =>
      slots().map((slot) => {
        const token = slot.getToken();
        return {
          ref: refOf(token),
          label: token.label.trim(),
          mediaNumber: token.serialNumber.trim(),
          pin: pinStateOf(token.flags),
        };
      }),
    keys(tokenRef) {
      const session = slotOf(tokenRef).open(library.SessionFlag.SERIAL_SESSION);
      try {
        return certificatesOn(library, session).map(({ certificate, ref }) => ({
          ref,
          usage: usageOf(certificate),
          certificate,
          algorithm: algorithmOf(certificate),
        }));
      } finally {
        session.close();
      }
    },
    login(tokenRef, pin) {
      const slot = slotOf(tokenRef);
      const session = slot.open(library.SessionFlag.SERIAL_SESSION);
      try {
        session.login(pin, library.UserType.USER);
      } catch (error) {
        session.close();
        throw isPinIncorrect(error) ? pinRefusal(slot) : asBridgeError(error);
      }
      return openToken(library, session);
    },
  };
}

/** After a wrong PIN the token's flags tell whether there is another try. */
function pinRefusal(slot: Graphene.Slot): CodedError {
  const { state, attemptsLeft } = pinStateOf(slot.getToken().flags);
  if (state === 'locked') return bridgeError('PIN_LOCKED', { attemptsLeft: 0 });
  return bridgeError('PIN_INCORRECT', attemptsLeft === undefined ? {} : { attemptsLeft });
}

type FoundCertificate = { readonly ref: string; readonly id: Buffer; readonly certificate: Uint8Array };

function certificatesOn(library: Library, session: Graphene.Session): readonly FoundCertificate[] {
  const found: FoundCertificate[] = [];
  const query = { class: library.ObjectClass.CERTIFICATE, certType: library.CertificateType.X_509 };
  const objects = session.find(query);
  for (let index = 0; index < objects.length; index++) {
    const { value, id } = objects.items(index).getAttribute({ value: null, id: null });
    if (!Buffer.isBuffer(value) || !Buffer.isBuffer(id)) continue;
    const certificate = new Uint8Array(value);
    if (isReadable(certificate)) found.push({ ref: hex(certificate), id, certificate });
  }
  return found;
}

function isReadable(certificate: Uint8Array): boolean {
  try {
    parseCertificate(certificate);
    return true;
  } catch (error) {
    if (error instanceof CodedError) return false;
    throw error;
  }
}

/** PKCS#11 v2.40 has no SM2 mechanism; tokens that sign SM2 speak SKF or a vendor's own numbers. */
function algorithmOf(certificate: Uint8Array): SignatureAlgorithm | undefined {
  switch (parseCertificate(certificate).spki.kind) {
    case 'p256':
      return 'ecdsa-p256-sha256';
    case 'rsa':
      return 'rsa-pkcs1-sha256';
    default:
      return undefined;
  }
}

function openToken(library: Library, session: Graphene.Session): OpenToken {
  function privateKey(id: Buffer): Graphene.PrivateKey {
    const found = session.find({ class: library.ObjectClass.PRIVATE_KEY, id });
    if (found.length === 0) throw bridgeError('TOKEN_FAULT', { reason: 'key' });
    return found.items(0).toType<Graphene.PrivateKey>();
  }

  return {
    sign(keyRef, message) {
      try {
        const found = certificatesOn(library, session).find(({ ref }) => ref === keyRef);
        if (found === undefined) throw bridgeError('TOKEN_REMOVED');
        const key = privateKey(found.id);
        switch (algorithmOf(found.certificate)) {
          case 'rsa-pkcs1-sha256':
            return new Uint8Array(session.createSign('SHA256_RSA_PKCS', key).once(Buffer.from(message)));
          case 'ecdsa-p256-sha256': {
            const digest = createHash('sha256').update(message).digest();
            return ecdsaDer(session.createSign('ECDSA', key).once(digest));
          }
          default:
            throw bridgeError('TOKEN_ALGORITHM_UNSUPPORTED');
        }
      } catch (error) {
        throw asBridgeError(error);
      }
    },
    close() {
      try {
        session.logout();
      } finally {
        session.close();
      }
    },
  };
}

/** CKM_ECDSA gives r and s side by side; the protocol wants ECDSA-Sig-Value (RFC 3279 §2.2.3). */
function ecdsaDer(raw: Uint8Array): Uint8Array {
  const half = raw.length / 2;
  return derSequence(derUnsigned(raw.subarray(0, half)), derUnsigned(raw.subarray(half)));
}
