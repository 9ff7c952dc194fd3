import { mkdir, readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fromBase64 } from '@hufu/kernel';
import type { CertificateInfo } from '@hufu/keybridge-client/protocol';
import { type CertificateFacts, certificateInfo } from '../drivers/certificate-info.ts';
import { readIfPresent, writeDurably } from './durable-file.ts';

const SUFFIX = '.cer';

/**
 * Copies of certificates that were seen on this computer, so that the assistant can tell which key a user had
 * before when none is plugged in. Public data only; 清理证书 (AST-011) empties it.
 */
export type CertificateCache = {
  remember(certificates: readonly CertificateInfo[]): Promise<void>;
  list(): Promise<readonly CertificateFacts[]>;
  /** @returns how many copies were removed */
  clear(): Promise<number>;
};

export async function openCertificateCache(path: string): Promise<CertificateCache> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  const names = async (): Promise<string[]> =>
    (await readdir(path)).filter((name) => name.endsWith(SUFFIX)).sort();

  return {
    async remember(certificates) {
      const known = new Set(await names());
      for (const { sha256, certificate } of certificates) {
        const name = `${sha256}${SUFFIX}`;
        if (!known.has(name)) await writeDurably(join(path, name), fromBase64(certificate));
      }
    },
    async list() {
      const copies = await Promise.all((await names()).map((name) => readIfPresent(join(path, name))));
      return copies.flatMap((der) => {
        const info = der === undefined ? undefined : certificateInfo(der);
        return info === undefined ? [] : [info];
      });
    },
    async clear() {
      const copies = await names();
      for (const name of copies) await unlink(join(path, name));
      return copies.length;
    },
  };
}
