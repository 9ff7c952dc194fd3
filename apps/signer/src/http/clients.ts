import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toBase64Url, utf8 } from '@hufu/kernel';
import { writeDurably } from '@hufu/kernel/node';
import { signerError } from '../errors.ts';
import { SERVER } from '../keys/service-keys.ts';

const TOKEN_FILE = /^([a-z][a-z0-9-]{0,40})\.token$/;

/** Who may ask: each `<name>.token` in the folder is one client's. The server's is made at the first start. */
export type Clients = {
  /** @param header the request's Authorization @returns the client's name @throws SIGNER_UNAUTHORIZED */
  nameOf(header: string | undefined): string;
};

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();

export async function openClients(folder: string): Promise<Clients> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const names = (await readdir(folder)).flatMap((file) => TOKEN_FILE.exec(file)?.[1] ?? []);
  if (!names.includes(SERVER)) {
    const token = toBase64Url(new Uint8Array(randomBytes(32)));
    await writeDurably(join(folder, `${SERVER}.token`), utf8(`${token}\n`));
    names.push(SERVER);
  }
  const known = await Promise.all(
    names.map(async (name) => {
      const token = (await readFile(join(folder, `${name}.token`), 'utf8')).trim();
      return { name, digest: digestOf(`Bearer ${token}`), isLongEnough: token.length >= 32 };
    }),
  );
  return {
    nameOf(header) {
      const shown = digestOf(header ?? '');
      const found = known.filter(
        ({ digest, isLongEnough }) => timingSafeEqual(digest, shown) && isLongEnough,
      );
      const name = found[0]?.name;
      if (name === undefined) throw signerError('SIGNER_UNAUTHORIZED');
      return name;
    },
  };
}
