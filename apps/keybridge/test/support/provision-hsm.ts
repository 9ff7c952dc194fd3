import { spawn } from 'node:child_process';
import { createPublicKey, type JsonWebKey } from 'node:crypto';
import readline from 'node:readline';
import { fileURLToPath } from 'node:url';
import { toBase64 } from '@hufu/kernel';
import { parseCertificate } from '@hufu/pki';
import { HSM_PIN, SOFTHSM_MODULE } from './softhsm.ts';
import { certificateFor } from './tokens.ts';

export type HsmKey = { readonly leaks: boolean; readonly certificate: Uint8Array };

/** Keys of these kinds, made inside the SoftHSM token of this configuration, each with a certificate beside it. */
export async function provisionHsm(config: string, kinds: readonly ('rsa' | 'p256')[]): Promise<HsmKey[]> {
  const program = fileURLToPath(new URL('./provision-hsm.mjs', import.meta.url));
  const child = spawn(process.execPath, [program, SOFTHSM_MODULE, HSM_PIN], {
    env: { ...process.env, SOFTHSM2_CONF: config },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const lines = readline.createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  // biome-ignore lint/suspicious/noExplicitAny: the helper's own lines
  const ask = async (question: unknown): Promise<any> => {
    child.stdin.write(`${JSON.stringify(question)}\n`);
    return JSON.parse((await lines.next()).value ?? '{}');
  };
  const keys: HsmKey[] = [];
  for (const [index, kind] of kinds.entries()) {
    const id = `0${index + 1}`;
    const made = (await ask({ make: kind, id })) as { jwk: JsonWebKey; leaks: boolean };
    const spki = createPublicKey({ key: made.jwk, format: 'jwk' }).export({ type: 'spki', format: 'der' });
    const certificate = await certificateFor(new Uint8Array(spki));
    const subject = toBase64(parseCertificate(certificate).subject.der);
    await ask({ store: toBase64(certificate), subject, id });
    keys.push({ leaks: made.leaks, certificate });
  }
  child.stdin.end();
  await ended;
  return keys;
}
