import fs from 'node:fs';
import path from 'node:path';
import { test } from '@playwright/test';
import { demosOf } from './demos.ts';

/** The demo at which the running test is. */
const here = () => demosOf(process.env)[test.info().project.metadata['demo'] as 'first' | 'second'];

export const hub = (address = '/') => new URL(address, here().base).href;
const port = (offset: number) => here().port + offset;
export const hohhot = (address = '/') => `http://localhost:${port(5)}${address}`;
export const ulanqab = (address = '/') => `http://localhost:${port(6)}${address}`;
export const assistant = (address = '/') => `http://127.0.0.1:${port(9)}${address}`;

export const dataFile = (...parts: readonly string[]) => path.join(here().data, ...parts);
const readJson = <T>(file: string): T => JSON.parse(fs.readFileSync(file, 'utf8')) as T;

type Manifest = {
  readonly authorities: readonly {
    readonly id: string;
    readonly profileId: string;
    /** DER, base64: the root first. */
    readonly certificates: readonly string[];
    readonly crlUrls: readonly string[];
    readonly ocspUrl: string;
  }[];
  readonly tokens: readonly { readonly id: string; readonly label: string; readonly pin: string }[];
};

/** A key of the demo by its name in the cast, with the PIN that the guide shows. */
export function key(id: string): { readonly tokenId: string; readonly pin: string; readonly label: string } {
  const { tokenId } =
    readJson<Record<string, { tokenId: string }>>(dataFile('demo', 'tokens.json'))[id] ?? {};
  const entry = readJson<Manifest>(dataFile('demo', 'manifest.json')).tokens.find(
    (one) => one.id === tokenId,
  );
  if (tokenId === undefined || entry === undefined) throw new Error(`no demo key ${id}`);
  return { tokenId, pin: entry.pin, label: entry.label };
}

/** A certificate authority of the demo, as the hub was told of it. */
export function authority(id: string): Manifest['authorities'][number] {
  const known = readJson<Manifest>(dataFile('demo', 'manifest.json')).authorities;
  const found = known.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no demo authority ${id}`);
  return found;
}

/** Plugs in exactly these keys, as hands would: every other one is pulled out. */
export function plugIn(...ids: readonly string[]): void {
  const all = Object.entries(readJson<Record<string, { tokenId: string }>>(dataFile('demo', 'tokens.json')));
  const pulled = all.filter(([id]) => !ids.includes(id)).map(([, { tokenId }]) => tokenId);
  const file = dataFile('keybridge', 'tokens', 'pulled.json');
  fs.writeFileSync(`${file}.test`, JSON.stringify(pulled));
  fs.renameSync(`${file}.test`, file);
}
