import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fromBase64, toBase64 } from '@hufu/kernel';
import { DEMO_AUTHORITIES } from './authorities.ts';
import type { AuthorityClient } from './authority-client.ts';
import { DEMO_KEYS, type DemoKey } from './cast.ts';
import { makeToken } from './make-token.ts';

export type DemoToken = { readonly key: DemoKey; readonly tokenId: string; readonly certificate: Uint8Array };

type Kept = Readonly<Record<string, { readonly tokenId: string; readonly certificate: string }>>;

const mediaNumberOf = (id: string) =>
  `HF-${createHash('sha256').update(id).digest('hex').slice(0, 12).toUpperCase()}`;

/**
 * The demo's keys, made on the first start and kept. A key that is listed in `tokens.json` is whole: the list is
 * written last.
 */
export async function demoTokens(
  dirs: { readonly demo: string; readonly tokens: string },
  clients: ReadonlyMap<string, AuthorityClient>,
): Promise<readonly DemoToken[]> {
  const listFile = path.join(dirs.demo, 'tokens.json');
  const kept: Kept = fs.existsSync(listFile) ? (JSON.parse(fs.readFileSync(listFile, 'utf8')) as Kept) : {};
  const made = await Promise.all(
    DEMO_KEYS.map((key) => restore(key, kept) ?? make(key, dirs.tokens, clients)),
  );
  const list = Object.fromEntries(
    made.map(({ key, tokenId, certificate }) => [key.id, { tokenId, certificate: toBase64(certificate) }]),
  );
  if (Object.keys(kept).length === 0) {
    const pulled = made.filter(({ key }) => !key.inserted).map(({ tokenId }) => tokenId);
    fs.writeFileSync(path.join(dirs.tokens, 'pulled.json'), JSON.stringify(pulled));
  }
  fs.writeFileSync(listFile, JSON.stringify(list), { mode: 0o600 });
  return made;
}

function restore(key: DemoKey, kept: Kept): DemoToken | undefined {
  const entry = kept[key.id];
  return entry && { key, tokenId: entry.tokenId, certificate: fromBase64(entry.certificate) };
}

async function make(
  key: DemoKey,
  folder: string,
  clients: ReadonlyMap<string, AuthorityClient>,
): Promise<DemoToken> {
  const authority = DEMO_AUTHORITIES.find(({ id }) => id === key.authority);
  const client = clients.get(key.authority);
  if (authority === undefined || client === undefined) throw new Error(`no authority ${key.authority}`);
  const token = await makeToken(key, authority, {
    client,
    mediaNumber: mediaNumberOf(key.id),
    now: Date.now(),
  });
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  fs.writeFileSync(path.join(folder, `${token.tokenId}.hufutoken`), token.file, { mode: 0o600 });
  return { key, tokenId: token.tokenId, certificate: token.certificate };
}
