import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { addKey } from '@hufu/soft-token';
import { nodeTokenCrypto } from '@hufu/soft-token/node';
import { readConfig } from '../config.ts';
import { createStoredToken } from '../drivers/soft/create-token.ts';
import { importedKeys } from '../drivers/soft/import-keys.ts';
import { openTokenFolder } from '../drivers/soft/token-folder.ts';
import { changeStoredToken, type TokenAccess } from '../drivers/soft/unlock-stored-token.ts';

export const TOKEN_USAGE = `token list   [--data DIR]
  token create --label NAME --pin PIN [--media NUMBER] [--data DIR]
  token import TOKEN --file FILE [--password PASSWORD] --pin PIN [--data DIR]
     FILE is PKCS#12, or PEM with a PKCS#8 key and its certificate.
     PIN and PASSWORD may be "-": then they are read from standard input, one line each, PIN first.`;

const OPTIONS = {
  data: { type: 'string' },
  label: { type: 'string' },
  media: { type: 'string' },
  pin: { type: 'string' },
  file: { type: 'string' },
  password: { type: 'string' },
} as const;

type Values = Readonly<Partial<Record<keyof typeof OPTIONS, string>>>;

/** Raised for a command line that cannot be understood. */
export class UsageError extends Error {}

/** Software tokens for scripts and demos. Answers are lines of JSON. */
export async function tokenCommand(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  const [verb, tokenId] = positionals;
  const { dataDir } = readConfig({ data: values.data }, process.env);
  const access: TokenAccess = {
    folder: await openTokenFolder(join(dataDir, 'tokens')),
    crypto: nodeTokenCrypto,
  };
  if (verb === 'list') return list(access);
  if (verb === 'create') return create(access, await withSecrets(values));
  if (verb === 'import') return importFile(access, required(tokenId, 'TOKEN'), await withSecrets(values));
  throw new UsageError(TOKEN_USAGE);
}

const print = (answer: unknown): void => console.log(JSON.stringify(answer));

function required(value: string | undefined, name: string): string {
  if (value === undefined || value === '') throw new UsageError(`missing: ${name}`);
  return value;
}

async function withSecrets(values: Values): Promise<Values> {
  const lines =
    values.pin === '-' || values.password === '-' ? (await text(process.stdin)).split(/\r?\n/) : [];
  const pin = values.pin === '-' ? lines.shift() : values.pin;
  const password = values.password === '-' ? lines.shift() : values.password;
  return {
    ...values,
    ...(pin === undefined ? {} : { pin }),
    ...(password === undefined ? {} : { password }),
  };
}

async function list({ folder }: TokenAccess): Promise<void> {
  for (const { info, inserted } of await folder.list()) {
    const keys = info.keys.map(({ keyId, usage, algorithm }) => ({ keyId, usage, algorithm }));
    const { tokenId, label, mediaNumber, attemptsLeft } = info;
    print({ tokenId, label, mediaNumber, inserted, attemptsLeft, keys });
  }
}

async function create(access: TokenAccess, { label, pin, media }: Values): Promise<void> {
  const { tokenId, mediaNumber } = await createStoredToken(access, {
    label: required(label, '--label'),
    pin: required(pin, '--pin'),
    mediaNumber: media,
  });
  print({ tokenId, mediaNumber });
}

async function importFile(access: TokenAccess, tokenId: string, values: Values): Promise<void> {
  const { file, password = '', pin } = values;
  const bytes = new Uint8Array(await readFile(required(file, '--file')));
  const keys = await importedKeys(bytes, password, access.crypto);
  const keyIds: string[] = [];
  await changeStoredToken(access, { tokenId, pin: required(pin, '--pin') }, (token) =>
    keys.reduce((open, key) => {
      const added = addKey(open, key, access.crypto);
      keyIds.push(added.keyId);
      return added.token;
    }, token),
  );
  print({ tokenId, keyIds });
}
