import { createRequire } from 'node:module';
import type * as Graphene from 'graphene-pk11';

/** The argument by which this program is started as the holder of a PKCS#11 module. */
export const TOKEN_COMMAND = 'pkcs11-host';

export type TokenRequest = {
  readonly module: string;
  /** Label of the token. */
  readonly token: string;
  /** Label of the AES key inside it. */
  readonly key: string;
  readonly pin: string;
  readonly act: 'make' | 'wrap' | 'unwrap';
  /** The master key, or what `wrap` answered. Empty for `make`. */
  readonly data: Uint8Array;
};
/** The reason is for the operator's eyes: it holds no data. */
export type TokenAnswer = { readonly data: Uint8Array } | { readonly reason: string };

const NONCE = 12;
const TAG_BITS = 128;
const AAD = Buffer.from('hufu-signer-master-pkcs11-1', 'utf8');

/**
 * Serves one request of the vault, then ends: the module is foreign native code, and neither lives in the vault's
 * process nor longer than it is needed.
 */
export function hostToken(): void {
  process.once('message', (request: TokenRequest) => {
    process.send?.(answer(request), () => process.disconnect());
  });
}

function answer(request: TokenRequest): TokenAnswer {
  try {
    // The binding is optional and native, so it is looked up only here.
    const library = createRequire(import.meta.url)('graphene-pk11') as typeof Graphene;
    const module = library.Module.load(request.module);
    module.initialize();
    try {
      return { data: perform(library, module, request) };
    } finally {
      module.finalize();
    }
  } catch (error) {
    return { reason: error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'failed' };
  }
}

function perform(library: typeof Graphene, module: Graphene.Module, request: TokenRequest): Uint8Array {
  const { SERIAL_SESSION, RW_SESSION } = library.SessionFlag;
  const session = slotOf(module, request.token).open(SERIAL_SESSION | RW_SESSION);
  try {
    session.login(request.pin, library.UserType.USER);
    if (request.act === 'make') return makeKey(library, session, request.key);
    const key = keyOf(library, session, request.key);
    return request.act === 'wrap'
      ? wrap(library, { session, key }, request.data)
      : unwrap(library, { session, key }, request.data);
  } finally {
    session.close();
  }
}

function slotOf(module: Graphene.Module, label: string): Graphene.Slot {
  const slots = module.getSlots(true);
  const found = Array.from({ length: slots.length }, (_, index) => slots.items(index)).find(
    (slot) => slot.getToken().label.trim() === label,
  );
  if (found === undefined) throw new Error('no token of that label');
  return found;
}

type OpenKey = { readonly session: Graphene.Session; readonly key: Graphene.SecretKey };

function keyOf(library: typeof Graphene, session: Graphene.Session, label: string): Graphene.SecretKey {
  const found = session.find({ class: library.ObjectClass.SECRET_KEY, keyType: library.KeyType.AES, label });
  if (found.length !== 1)
    throw new Error(found.length === 0 ? 'no key of that label' : 'two keys of that label');
  return found.items(0).toType<Graphene.SecretKey>();
}

/** An AES-256 key that never leaves the token; one that is there is left alone. */
function makeKey(library: typeof Graphene, session: Graphene.Session, label: string): Uint8Array {
  const same = { class: library.ObjectClass.SECRET_KEY, keyType: library.KeyType.AES, label };
  if (session.find(same).length === 0) {
    session.generateKey(library.KeyGenMechanism.AES, {
      keyType: library.KeyType.AES,
      valueLen: 32,
      label,
      token: true,
      private: true,
      sensitive: true,
      extractable: false,
      encrypt: true,
      decrypt: true,
    });
  }
  return new Uint8Array();
}

const gcm = (library: typeof Graphene, nonce: Buffer) => ({
  name: 'AES_GCM',
  params: new library.AesGcmParams(nonce, AAD, TAG_BITS),
});

/** nonce ‖ ciphertext ‖ tag. */
function wrap(library: typeof Graphene, { session, key }: OpenKey, data: Uint8Array): Uint8Array {
  const nonce = session.generateRandom(NONCE);
  const sealed = session
    .createCipher(gcm(library, nonce), key)
    .once(Buffer.from(data), Buffer.alloc(data.length + TAG_BITS / 8));
  return new Uint8Array(Buffer.concat([nonce, sealed]));
}

function unwrap(library: typeof Graphene, { session, key }: OpenKey, data: Uint8Array): Uint8Array {
  const nonce = Buffer.from(data.subarray(0, NONCE));
  const sealed = Buffer.from(data.subarray(NONCE));
  return new Uint8Array(
    session.createDecipher(gcm(library, nonce), key).once(sealed, Buffer.alloc(sealed.length)),
  );
}
