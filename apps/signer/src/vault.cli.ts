/**
 * Work on a vault that is stopped (docs/runbooks/signer.md), with the same environment as the vault itself:
 *
 *   node vault.cli.js import <keys.json> <passphrase file>     takes over the encrypted key file of a server
 *   node vault.cli.js rewrap passphrase <file>                 keeps the master key under another passphrase
 *   node vault.cli.js rewrap pkcs11 <module> <token> <key> <pin file>
 *   node vault.cli.js resynchronise                            after a restore from a copy
 *   node vault.cli.js client <name>                            makes the token of another client
 *   node vault.cli.js journal                                  prints every use, one JSON object a line
 */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { CodedError, fromUtf8, systemClock, toBase64Url, utf8 } from '@hufu/kernel';
import { readIfPresent, SCRYPT_N, writeDurably } from '@hufu/kernel/node';
import { importKeys } from './import-keys.ts';
import { journalLine } from './journal-line.ts';
import { keepMasterKey, type MasterWrap, passphraseWrap } from './master/master-key.ts';
import { hostToken, TOKEN_COMMAND } from './master/pkcs11-host.ts';
import { pkcs11Wrap } from './master/pkcs11-wrap.ts';
import { optionsFromEnvironment, secretIn } from './options.ts';
import { type OpenFolder, openFolder } from './store/open-folder.ts';
import { readSegment, segmentName } from './store/segment.ts';

const random = (length: number) => new Uint8Array(randomBytes(length));
const NAME = /^[a-z][a-z0-9-]{0,40}$/;
const SEGMENT = /^journal-(\d{6,})\.jsonl$/;

const [command = '', ...rest] = process.argv.slice(2);
if (command === TOKEN_COMMAND) hostToken();
else await run();

async function run(): Promise<void> {
  try {
    const options = optionsFromEnvironment(process.env);
    const opened = await openFolder({ ...options, clock: systemClock });
    try {
      await perform(opened, options.folder);
    } finally {
      await opened.close();
    }
  } catch (error) {
    const said =
      error instanceof CodedError ? { code: error.code, fields: error.fields } : { error: String(error) };
    console.error(JSON.stringify(said));
    process.exitCode = 1;
  }
}

async function perform(opened: OpenFolder, folder: string): Promise<void> {
  const [first = '', second = ''] = rest;
  switch (command) {
    case 'import': {
      const file = { text: readFileSync(first, 'utf8'), passphrase: secretIn(second), random };
      console.log(`${await importKeys(opened.store, file)} keys taken over`);
      return;
    }
    case 'rewrap':
      await keepMasterKey(folder, newWrap(), opened.masterKey);
      console.log('the master key is kept anew; start the vault with the new settings');
      return;
    case 'resynchronise':
      await opened.store.commit({ type: 'resynchronised' });
      console.log('the next token of every device is believed');
      return;
    case 'client': {
      if (!NAME.test(first)) throw new Error('a name of lower-case letters, digits and hyphens');
      const token = toBase64Url(random(32));
      await writeDurably(join(folder, 'clients', `${first}.token`), utf8(`${token}\n`));
      console.log(join(folder, 'clients', `${first}.token`));
      return;
    }
    case 'journal':
      return printJournal(opened, folder);
    default:
      throw new Error('usage: node vault.cli.js import | rewrap | resynchronise | client | journal');
  }
}

function newWrap(): MasterWrap {
  const [kind, first = '', token = '', key = '', pinFile = ''] = rest;
  if (kind === 'passphrase')
    return passphraseWrap({ passphrase: secretIn(first), scryptN: SCRYPT_N, random });
  if (kind === 'pkcs11') return pkcs11Wrap({ module: first, token, key, pin: secretIn(pinFile) });
  throw new Error('rewrap passphrase <file> | rewrap pkcs11 <module> <token> <key> <pin file>');
}

/** The whole journal, each file checked against the one before it. */
async function printJournal({ masterKey }: OpenFolder, folder: string): Promise<void> {
  const numbers = (await readdir(folder))
    .flatMap((name) => SEGMENT.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
  let previous: Uint8Array | undefined;
  for (const number of numbers) {
    const name = segmentName(number);
    const text = fromUtf8((await readIfPresent(join(folder, name))) ?? new Uint8Array());
    const lines = text.split('\n').slice(0, -1);
    if (lines.length === 0) continue;
    const { events, tag } = readSegment(lines, { number, masterKey, previous });
    for (const event of events) console.log(JSON.stringify(journalLine(event)));
    previous = tag;
  }
}
