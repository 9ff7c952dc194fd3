import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { SCRYPT_N } from '@hufu/kernel/node';
import { z } from 'zod';
import { signerError } from './errors.ts';
import { VAULT_DEFAULTS, type VaultOptions } from './index.ts';
import { type MasterWrap, passphraseWrap } from './master/master-key.ts';
import { pkcs11Wrap } from './master/pkcs11-wrap.ts';

const PASSPHRASE_LENGTH = 16;

const count = (fallback: number) => z.coerce.number().int().min(1).max(1_000_000_000).default(fallback);
const { limits, signaturesPerMinute, segmentLength } = VAULT_DEFAULTS;

/** From the environment; docs/runbooks/signer.md says what each is for. */
const Environment = z.object({
  HUFU_DATA: z.string().min(1).default('./var'),
  HUFU_SIGNER_DATA: z.string().min(1).optional(),
  HUFU_SIGNER_SOCKET: z.string().min(1).optional(),
  HUFU_SIGNER_PASSPHRASE_FILE: z.string().min(1).optional(),
  HUFU_SIGNER_PKCS11_MODULE: z.string().min(1).optional(),
  HUFU_SIGNER_PKCS11_TOKEN: z.string().min(1).optional(),
  HUFU_SIGNER_PKCS11_KEY: z.string().min(1).default('hufu-master'),
  HUFU_SIGNER_PKCS11_PIN_FILE: z.string().min(1).optional(),
  HUFU_SIGNER_SIGNATURES_PER_MINUTE: count(limits.signaturesPerMinute),
  HUFU_SIGNER_SIGNATURES_PER_DAY: count(limits.signaturesPerDay),
  HUFU_SIGNER_DECRYPTIONS_PER_MINUTE: count(limits.decryptionsPerMinute),
  HUFU_SIGNER_DECRYPTIONS_PER_DAY: count(limits.decryptionsPerDay),
  HUFU_SIGNER_SERVICE_SIGNATURES_PER_MINUTE: count(signaturesPerMinute),
});
type Environment = z.infer<typeof Environment>;

/** @throws SIGNER_INPUT naming what is missing or wrong, SIGNER_MASTER_KEY for a passphrase that is too short */
export function optionsFromEnvironment(environment: NodeJS.ProcessEnv): VaultOptions {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = Environment.safeParse(given);
  if (!parsed.success) {
    throw signerError('SIGNER_INPUT', { wrong: parsed.error.issues.map(({ path }) => path.join('.')) });
  }
  const values = parsed.data;
  const folder = resolve(values.HUFU_SIGNER_DATA ?? join(values.HUFU_DATA, 'signer'));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return {
    folder,
    socket: values.HUFU_SIGNER_SOCKET ?? join(folder, 'signer.sock'),
    masterWrap: masterWrapOf(values),
    limits: {
      signaturesPerMinute: values.HUFU_SIGNER_SIGNATURES_PER_MINUTE,
      signaturesPerDay: values.HUFU_SIGNER_SIGNATURES_PER_DAY,
      decryptionsPerMinute: values.HUFU_SIGNER_DECRYPTIONS_PER_MINUTE,
      decryptionsPerDay: values.HUFU_SIGNER_DECRYPTIONS_PER_DAY,
    },
    signaturesPerMinute: values.HUFU_SIGNER_SERVICE_SIGNATURES_PER_MINUTE,
    segmentLength,
  };
}

function masterWrapOf(values: Environment): MasterWrap {
  const {
    HUFU_SIGNER_PASSPHRASE_FILE: passphraseFile,
    HUFU_SIGNER_PKCS11_MODULE: module,
    HUFU_SIGNER_PKCS11_TOKEN: token,
    HUFU_SIGNER_PKCS11_PIN_FILE: pinFile,
  } = values;
  if (module !== undefined) {
    if (token === undefined || pinFile === undefined || passphraseFile !== undefined) {
      const wrong = [
        'HUFU_SIGNER_PKCS11_TOKEN and HUFU_SIGNER_PKCS11_PIN_FILE go with the module; no passphrase does',
      ];
      throw signerError('SIGNER_INPUT', { wrong });
    }
    return pkcs11Wrap({ module, token, key: values.HUFU_SIGNER_PKCS11_KEY, pin: secretIn(pinFile) });
  }
  if (passphraseFile === undefined) {
    throw signerError('SIGNER_INPUT', {
      wrong: ['HUFU_SIGNER_PASSPHRASE_FILE or HUFU_SIGNER_PKCS11_MODULE'],
    });
  }
  const passphrase = secretIn(passphraseFile);
  if (passphrase.length < PASSPHRASE_LENGTH) throw signerError('SIGNER_MASTER_KEY');
  const random = (length: number) => new Uint8Array(randomBytes(length));
  return passphraseWrap({ passphrase, scryptN: SCRYPT_N, random });
}

/** Secrets come in files: the environment of a process is shown to whoever may list it. */
export function secretIn(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (cause) {
    throw signerError('SIGNER_INPUT', { wrong: [file] }, cause);
  }
}
