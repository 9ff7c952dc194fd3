import { generateKeyPair, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { decryptPkcs8, encodeSm2Pkcs8, encryptPkcs8, generateSm2KeyPair } from '@hufu/gm';
import { nodePbkdf2 } from '@hufu/gm/node';
import { fromPem, fromUtf8, toPem, utf8 } from '@hufu/kernel';
import { readIfPresent, writeDurably } from '@hufu/kernel/node';
import type { Signer } from '@hufu/pki';
import { nodeSigner } from '@hufu/pki/node';
import { caError } from '../errors.ts';
import type { Options } from '../options.ts';
import { openVaultKey } from './vault-keys.ts';

const LABEL = 'ENCRYPTED PRIVATE KEY';
const generate = promisify(generateKeyPair);

async function newPrivateKey(algorithm: Options['algorithm']): Promise<Uint8Array> {
  if (algorithm === 'sm2') return encodeSm2Pkcs8(generateSm2KeyPair(randomBytes).privateKey);
  const { privateKey } =
    algorithm === 'rsa'
      ? await generate('rsa', { modulusLength: 2048 })
      : await generate('ec', { namedCurve: 'prime256v1' });
  return new Uint8Array(privateKey.export({ type: 'pkcs8', format: 'der' }));
}

/**
 * Opens the named key, or makes it: in the vault process where one is set up, else in a file of PEM that
 * `openssl pkcs8` reads. @throws CA_VAULT, GM_KEY_PASSWORD, CA_KEY_FILE
 */
export async function openKey(
  name: string,
  options: Pick<
    Options,
    'algorithm' | 'dataDir' | 'passphrase' | 'keyIterations' | 'vaultSocket' | 'vaultTokenFile'
  >,
): Promise<Signer> {
  const { vaultSocket: socket, vaultTokenFile: tokenFile } = options;
  if (socket !== undefined && tokenFile !== undefined) {
    return openVaultKey(name, { socket, tokenFile }, options.algorithm);
  }
  const path = join(options.dataDir, 'keys', `${name}.key`);
  const file = await readIfPresent(path);
  if (file !== undefined) {
    const [der] = fromPem(LABEL, fromUtf8(file));
    if (der === undefined) throw caError('CA_KEY_FILE', { name });
    return nodeSigner((await decryptPkcs8(der, options.passphrase, nodePbkdf2)).pkcs8);
  }
  const pkcs8 = await newPrivateKey(options.algorithm);
  const { passphrase: password, keyIterations: iterations } = options;
  const sealed = await encryptPkcs8(pkcs8, { password, iterations, random: randomBytes, pbkdf2: nodePbkdf2 });
  await writeDurably(path, utf8(toPem(LABEL, sealed)));
  return nodeSigner(pkcs8);
}
